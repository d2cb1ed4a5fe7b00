import { Button, Chip, Group, Stack, Text, TextInput, Title, VisuallyHidden } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearchParams } from 'wouter';
import { MOST_HITS, SEARCH_KINDS, type SearchAnswer, type SearchKind } from '../../../shared/commons/search/model';
import { EmptyState } from '../../ui/empty-state';
import { ErrorState } from '../../ui/errors';
import { foundHref } from '../../ui/found/href';
import { Loading } from '../../ui/loading';
import { PageHeader } from '../../ui/page-header';
import { HitWords } from './hit-words';
import { type HitGroup, countOf, groupsOf, hrefOfAll } from './hits';
import { Notes } from './notes';
import classes from './search.module.css';
import { useAnswer } from './use-answer';

/** Results of each kind where all kinds are shown. */
const EACH = 10;
const EVERYTHING = 'everything';

/** All results, by kind, at an address of their own: `/search?q=…&kind=…`. */
export function SearchPage() {
  const { t } = useTranslation('search');
  const [, navigate] = useLocation();
  const [search] = useSearchParams();
  const words = search.get('q') ?? '';
  const kind = SEARCH_KINDS.find((each) => each === search.get('kind')) ?? null;
  const { answer, words: answered, error, retry } = useAnswer(words, kind, kind === null ? EACH : MOST_HITS);
  const show = (q: string, of: SearchKind | null): void =>
    navigate(`${hrefOfAll(q)}${of === null ? '' : `&kind=${of}`}`, { replace: true });
  return (
    <>
      <PageHeader title={t('title')} />
      <Stack gap="lg">
        <TextInput
          type="search"
          aria-label={t('field')}
          placeholder={t('field')}
          autoComplete="off"
          dir="auto"
          size="md"
          leftSection={<IconSearch size={18} aria-hidden />}
          value={words}
          onChange={(event) => show(event.currentTarget.value, kind)}
        />
        {error !== undefined ? (
          <ErrorState error={error} retry={retry} />
        ) : answer === undefined ? (
          <Loading />
        ) : answered.trim() === '' ? (
          <Text c="dimmed">{t('hint')}</Text>
        ) : (
          <Results answer={answer} words={answered} kind={kind} onKind={(of) => show(words, of)} />
        )}
      </Stack>
    </>
  );
}

interface ResultsProps {
  readonly answer: SearchAnswer;
  readonly words: string;
  readonly kind: SearchKind | null;
  readonly onKind: (kind: SearchKind | null) => void;
}

function Results({ answer, words, kind, onKind }: ResultsProps) {
  const { t } = useTranslation('search');
  const count = countOf(answer);
  return (
    <>
      <VisuallyHidden role="status">{t('found', { count })}</VisuallyHidden>
      {count > 0 && <Kinds answer={answer} kind={kind} onKind={onKind} />}
      <div>
        <Notes answer={answer} />
      </div>
      {count === 0 && (
        <EmptyState
          icon={<IconSearch size={28} stroke={1.5} />}
          title={t('none.title', { words: words.trim() })}
          text={t('none.text')}
        />
      )}
      {groupsOf(answer).map((group) => (
        <Section
          key={group.kind}
          group={group}
          count={answer.counts[group.kind] ?? 0}
          {...(kind === null ? { onKind } : {})}
        />
      ))}
    </>
  );
}

function Kinds({ answer, kind, onKind }: Omit<ResultsProps, 'words'>) {
  const { t } = useTranslation('search');
  // The one that is shown stays, so that it can be left.
  const kinds = SEARCH_KINDS.filter((each) => answer.counts[each] !== undefined || each === kind);
  return (
    <Chip.Group
      value={kind ?? EVERYTHING}
      onChange={(next) => onKind(SEARCH_KINDS.find((each) => each === next) ?? null)}
    >
      <Group gap="xs" role="radiogroup" aria-label={t('filter')}>
        <Chip value={EVERYTHING}>{t('everything', { count: countOf(answer) })}</Chip>
        {kinds.map((each) => (
          <Chip key={each} value={each}>
            {t('kindCount', { kind: t(`kind.${each}`), count: answer.counts[each] ?? 0 })}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}

interface SectionProps {
  readonly group: HitGroup;
  readonly count: number;
  /** Where only some of its results are shown. */
  readonly onKind?: (kind: SearchKind) => void;
}

function Section({ group: { kind, hits }, count, onKind }: SectionProps) {
  const { t } = useTranslation('search');
  return (
    <section aria-labelledby={`found-${kind}`}>
      <Title order={2} size="h3" id={`found-${kind}`} mb="xs">
        {t(`kind.${kind}`)}
      </Title>
      <ul className={classes['results']}>
        {hits.map((hit) => (
          <li key={hit.id}>
            <Link href={foundHref(hit)} className={classes['result']}>
              <HitWords hit={hit} />
            </Link>
          </li>
        ))}
      </ul>
      {count > hits.length &&
        (onKind === undefined ? (
          <Text size="sm" c="dimmed" mt="xs">
            {t('best', { shown: hits.length, count })}
          </Text>
        ) : (
          <Button variant="default" size="xs" mt="xs" onClick={() => onKind(kind)}>
            {t('allOf', { count })}
          </Button>
        ))}
    </section>
  );
}
