import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type KeptChange, keptChanges } from '../../../../shared/commons/draft-changes';
import type { AgreementVersion } from '../../../../shared/network/agreement/model';
import { type OpenDoc, useDocValue } from '../../../app/docs';
import { useMe } from '../../../app/network';
import { Contradictions } from '../contradictions';
import { ProtocolsDiff } from '../protocols-diff';
import { ParagraphChanges } from './paragraph-changes';
import { resetProtocol } from './reset';
import { Suggestion } from './suggestion';
import { useDraftAuthors } from './use-draft-authors';
import { type ReviewedDraft, useReview } from './use-review';

/** What the draft would change, what keeps it from being proposed, and the way to propose it. */
export function DraftReviewView({ open, inForce }: { readonly open: OpenDoc; readonly inForce: AgreementVersion }) {
  const { t } = useTranslation('agreement');
  const review = useReview(open, inForce);
  return (
    <Stack gap="lg">
      <ReviewContent open={open} review={review} number={inForce.number} />
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {!review.changed && t('draft.nothing')}
        </Text>
        {review.proposal === null ? (
          <Button disabled>{t('draft.propose')}</Button>
        ) : (
          <Button component={Link} href="/decisions/new?effect=adopt">
            {t('draft.propose')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

const NOTHING_KEPT: readonly KeptChange[] = [];

/** The differences, each to accept or to put back, with everything that is to be mended, without a way on. */
export function ReviewContent(props: {
  readonly open: OpenDoc;
  readonly review: ReviewedDraft;
  readonly number: number;
}) {
  const { t } = useTranslation(['agreement', 'templates']);
  const { review } = props;
  const authors = useDraftAuthors(props.open);
  const kept = useDocValue(props.open, keptChanges) ?? NOTHING_KEPT;
  const me = useMe()?.member;
  const behind = review.before.filter((protocol) => review.outdated.includes(protocol.id));
  return (
    <Stack gap="lg">
      {behind.length > 0 && (
        <Alert color="orange" variant="light" title={t('draft.behind', { number: props.number })}>
          <Stack gap="sm" align="flex-start">
            <Text size="sm">{t('draft.behindText')}</Text>
            <List size="sm">
              {behind.map((protocol) => (
                <List.Item key={protocol.id}>{protocol.title}</List.Item>
              ))}
            </List>
            <Button
              size="xs"
              variant="default"
              onClick={() => behind.forEach((protocol) => resetProtocol(props.open.doc, protocol))}
            >
              {t('draft.follow')}
            </Button>
          </Stack>
        </Alert>
      )}
      {review.incomplete.length > 0 && (
        <Alert color="red" variant="light" title={t('draft.problems')} role="alert">
          <List size="sm">
            {review.incomplete.map(({ id, kind }) => (
              <List.Item key={id}>
                {t('problems.incomplete', { ns: 'templates', kind: t(`kinds.${kind}.label`, { ns: 'templates' }) })}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      <Contradictions protocols={review.after} touched={review.touched} />
      {review.changed && (
        <ProtocolsDiff
          before={review.before}
          after={review.after}
          order={2}
          renderText={({ id, title, params }, before, after) => (
            <ParagraphChanges
              open={props.open}
              protocol={id}
              inForce={before}
              now={after}
              alone={!title && !params}
              whole={kept.some(({ protocol, member }) => protocol === id && member === me)}
            />
          )}
          renderBelow={({ id, before, after }) => (
            <Suggestion
              doc={props.open.doc}
              protocol={id}
              title={(after ?? before)?.title ?? id}
              inForce={before}
              authors={review.outdated.includes(id) ? [] : authors.filter(({ protocol }) => protocol === id)}
              keptBy={kept.filter(({ protocol }) => protocol === id).map(({ member }) => member)}
            />
          )}
        />
      )}
    </Stack>
  );
}
