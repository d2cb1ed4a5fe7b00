import { Modal, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { SearchHit } from '../../../shared/commons/search/model';
import { ErrorState } from '../../ui/errors';
import { foundHref } from '../../ui/found/href';
import { HitWords } from './hit-words';
import { countOf, hrefOfAll } from './hits';
import { Notes } from './notes';
import classes from './search.module.css';
import { type Asked, useAnswer } from './use-answer';

/** Results of each kind: so many that all kinds are seen at once. */
const EACH = 5;

interface Props {
  readonly opened: boolean;
  /** What was typed before there was a field. */
  readonly begun: () => string;
  /** `left`: the person went to what was found. */
  readonly onClose: (left: boolean) => void;
}

/** Search as one types, over whatever is on the screen. */
export function SearchDialog({ opened, begun, onClose }: Props) {
  const { t } = useTranslation('search');
  return (
    <Modal
      opened={opened}
      onClose={() => onClose(false)}
      title={t('title')}
      size="42rem"
      yOffset="8vh"
      centered={false}
      returnFocus={false}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {opened && <Search begun={begun} onLeave={() => onClose(true)} />}
    </Modal>
  );
}

function Search({ begun, onLeave }: Pick<Props, 'begun'> & { readonly onLeave: () => void }) {
  const { t } = useTranslation('search');
  const [, navigate] = useLocation();
  const [words, setWords] = useState(begun);
  const asked = useAnswer(words, null, EACH);
  const go = (href: string): void => {
    navigate(href);
    onLeave();
  };
  const { listId, options, active, setActive, move } = useOptions(asked, words);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter' && options[active] !== undefined) go(options[active].href);
    else return;
    event.preventDefault();
  };
  const has = options.length > 0;
  return (
    <>
      <TextInput
        role="combobox"
        aria-label={t('field')}
        placeholder={t('field')}
        aria-expanded={has}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={has ? `${listId}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        size="md"
        leftSection={<IconSearch size={18} aria-hidden />}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        data-autofocus
        data-search-field
        mt={6}
      />
      <Said asked={asked} words={words} />
      <Options listId={listId} options={options} active={active} onPoint={setActive} onChoose={go} />
    </>
  );
}

interface Option {
  readonly href: string;
  /** Null: the way to all results. */
  readonly hit: SearchHit | null;
}

/** What can be chosen, and what is chosen by the keyboard: the first until somebody moves. */
function useOptions({ answer, words: answered, error }: Asked, words: string) {
  const listId = useId();
  const [active, setActive] = useState(0);
  useEffect(() => setActive(0), [answered]);
  const hits = error === undefined ? (answer?.hits ?? []) : [];
  const options: Option[] = hits.map((hit) => ({ href: foundHref(hit), hit }));
  if (hits.length > 0) options.push({ href: hrefOfAll(words), hit: null });
  return {
    ...{ listId, options, setActive },
    active: Math.min(active, Math.max(0, options.length - 1)),
    move: (by: number) => setActive((at) => (options.length === 0 ? 0 : (at + by + options.length) % options.length)),
  };
}

interface OptionsProps {
  readonly listId: string;
  readonly options: readonly Option[];
  readonly active: number;
  readonly onPoint: (index: number) => void;
  readonly onChoose: (href: string) => void;
}

function Options({ listId, options, active, onPoint, onChoose }: OptionsProps) {
  const { t } = useTranslation('search');
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const optionProps = (index: number, { href }: Option) => ({
    id: `${listId}-${index}`,
    role: 'option',
    'aria-selected': index === active,
    className: classes['option'],
    // Not by the list passing under a mouse that rests.
    onMouseMove: () => index !== active && onPoint(index),
    // Before the field loses the focus.
    onMouseDown: (event: { preventDefault(): void }) => event.preventDefault(),
    onClick: () => onChoose(href),
  });
  const kinds = [...new Set(options.flatMap(({ hit }) => hit?.kind ?? []))];
  const numbered = options.map((option, index) => ({ option, index }));
  return (
    <div
      ref={list}
      role="listbox"
      id={listId}
      aria-label={t('results')}
      className={classes['list']}
      hidden={options.length === 0}
    >
      {kinds.map((kind) => (
        <div key={kind} role="group" aria-labelledby={`${listId}-${kind}`}>
          <div id={`${listId}-${kind}`} role="presentation" className={classes['group']}>
            {t(`kind.${kind}`)}
          </div>
          {numbered.map(
            ({ option, index }) =>
              option.hit?.kind === kind && (
                <div key={option.hit.id} {...optionProps(index, option)}>
                  <HitWords hit={option.hit} />
                </div>
              ),
          )}
        </div>
      ))}
      {numbered.map(
        ({ option, index }) =>
          option.hit === null && (
            <div key="all" {...optionProps(index, option)}>
              {t('all')}
            </div>
          ),
      )}
    </div>
  );
}

/** What is to be said instead of results, or beside them. */
function Said({ asked, words }: { readonly asked: Asked; readonly words: string }) {
  const { t } = useTranslation('search');
  const { answer, words: answered, error, retry } = asked;
  if (error !== undefined) return <ErrorState error={error} retry={retry} />;
  const isBlank = answered.trim() === '';
  const count = answer === undefined ? 0 : countOf(answer);
  return (
    <>
      <VisuallyHidden role="status">{answer !== undefined && !isBlank && t('found', { count })}</VisuallyHidden>
      {words.trim() === '' && (
        <Text size="sm" c="dimmed" mt="sm">
          {t('hint')} {t('keys')}.
        </Text>
      )}
      {answer !== undefined && !isBlank && count === 0 && (
        <>
          <Text fw={600} mt="sm">
            {t('none.title', { words: answered.trim() })}
          </Text>
          <Text size="sm" c="dimmed">
            {t('none.text')}
          </Text>
        </>
      )}
      {answer !== undefined && !isBlank && <Notes answer={answer} />}
    </>
  );
}
