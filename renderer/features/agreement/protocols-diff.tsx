import { Badge, Group, Stack, Text, Title, type TitleOrder } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProtocolKind } from '../../../shared/network/agreement/model';
import { type ProtocolChange, protocolChanges } from '../../../shared/network/agreement/changes';
import { Loading } from '../../ui';
import { Markdown } from '../../ui/markdown/markdown';
import { Changed, TextDiffView } from '../../ui/text-diff/text-diff-view';
import classes from './diff.module.css';
import type { ReadableProtocol } from './readable';
import { parameterSentences, sentenceChanges } from './sentences';
import { type Names, namesIn, useWords } from './use-words';

export type ChangeOfProtocol = ProtocolChange<ReadableProtocol, ReadableProtocol>;

interface Props {
  readonly before: readonly ReadableProtocol[];
  readonly after: readonly ReadableProtocol[];
  /** Level of the headings of protocols. */
  readonly order?: TitleOrder;
  /** What stands below each change. */
  readonly renderBelow?: (change: ChangeOfProtocol) => ReactNode;
  /** What stands in place of a text of which both are here. */
  readonly renderText?: (change: ChangeOfProtocol, before: string, after: string) => ReactNode;
}

/** What differs between two sets of protocols: those added, dropped and changed, in text and in parameters. */
export function ProtocolsDiff({ before, after, order = 3, renderBelow, renderText }: Props) {
  const { t } = useTranslation('agreement');
  const changes = useMemo(() => protocolChanges(before, after), [before, after]);
  const names = { before: namesIn(before), after: namesIn(after) };
  if ([...before, ...after].some((protocol) => protocol.text === undefined)) return <Loading />;
  if (changes.length === 0) return <Text c="dimmed">{t('diff.none')}</Text>;
  return (
    <Stack gap="xl">
      <Text size="sm" c="dimmed">
        {t('diff.count', { count: changes.length })}
      </Text>
      {changes.map((change) => (
        <ProtocolChangeView
          key={change.id}
          change={change}
          order={order}
          names={names}
          below={renderBelow?.(change)}
          renderText={renderText}
        />
      ))}
    </Stack>
  );
}

function ProtocolChangeView(props: {
  change: ChangeOfProtocol;
  order: TitleOrder;
  names: { before: Names; after: Names };
  below: ReactNode;
  renderText: Props['renderText'];
}) {
  const { t } = useTranslation('agreement');
  const { before, after, title, text, params } = props.change;
  const state = before === undefined ? 'added' : after === undefined ? 'dropped' : 'changed';
  return (
    <section>
      <Group gap="xs" mb="xs">
        <Title order={props.order} size="h3">
          {(after ?? before)?.title}
        </Title>
        <Badge color={state === 'added' ? 'green' : state === 'dropped' ? 'red' : 'gray'}>{t(`diff.${state}`)}</Badge>
      </Group>
      <Stack gap="md">
        {state === 'changed' && title && <TextDiffView before={before?.title ?? ''} after={after?.title ?? ''} />}
        {text &&
          (typeof before?.text === 'string' && typeof after?.text === 'string' && props.renderText !== undefined ? (
            props.renderText(props.change, before.text, after.text)
          ) : (
            <ChangedText before={before} after={after} />
          ))}
        {params && (
          <ParametersDiff
            kind={(after ?? before)!.kind}
            before={before?.params}
            after={after?.params}
            names={props.names}
          />
        )}
        {props.below}
      </Stack>
    </section>
  );
}

function ChangedText({ before, after }: { before: ReadableProtocol | undefined; after: ReadableProtocol | undefined }) {
  const { t } = useTranslation('agreement');
  if (before?.text === null || after?.text === null)
    return (
      <Text size="sm" c="dimmed">
        {t('diff.erased')}
      </Text>
    );
  if (before === undefined) return <Markdown text={after?.text ?? ''} headings={4} />;
  return <TextDiffView before={before.text ?? ''} after={after?.text ?? ''} />;
}

/** Parameters as before and after, sentence by sentence. */
export function ParametersDiff(props: {
  kind: ProtocolKind;
  before: unknown;
  after: unknown;
  names: { readonly before: Names; readonly after: Names };
}) {
  const { t } = useTranslation('agreement');
  const wordsBefore = useWords(props.names.before);
  const wordsAfter = useWords(props.names.after);
  const changes = sentenceChanges(
    props.before === undefined ? [] : parameterSentences(props.kind, props.before, wordsBefore),
    props.after === undefined ? [] : parameterSentences(props.kind, props.after, wordsAfter),
  );
  if (changes.length === 0) return null;
  return (
    <ul className={classes['lines']} aria-label={t('diff.parameters')}>
      {changes.map(({ key, before, after }) => (
        <li key={key}>
          {before !== undefined && <Line kind="removed" text={before} />}
          {after !== undefined && <Line kind="added" text={after} />}
        </li>
      ))}
    </ul>
  );
}

function Line({ kind, text }: { readonly kind: 'removed' | 'added'; readonly text: string }) {
  const { t } = useTranslation('agreement');
  return (
    <p>
      <Text span size="sm" c="dimmed">
        {t(`diff.${kind === 'removed' ? 'before' : 'after'}`)}{' '}
      </Text>
      <Changed kind={kind}>{text}</Changed>
    </p>
  );
}
