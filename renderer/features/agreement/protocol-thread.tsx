import { Anchor, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { clauseDiscussion } from '../../../shared/commons/draft';
import { Thread } from '../../editor';
import { Fold } from '../../ui';
import type { Said } from '../../ui/certainty';

interface Props {
  readonly protocol: { readonly id: string; readonly title: string };
  /** What was said about it so far; undefined: nothing, as far as is known. */
  readonly said: Said | undefined;
  /** The comments on passages stand beside the draft's text, which is somewhere else. */
  readonly draftElsewhere: boolean;
}

/** What members say about one protocol as a whole: the same thread beside what is in force and in the draft. */
export function ProtocolThread({ protocol: { id, title }, said, draftElsewhere }: Props) {
  const { t } = useTranslation('agreement');
  const whole = said?.whole ?? 0;
  const passages = draftElsewhere ? (said?.count ?? 0) : 0;
  const count = whole + passages;
  const words = count === 0 ? t('thread.none') : t('thread.some', { count });
  return (
    <Fold words={words} name={t('actionOf', { action: words, title })}>
      <Stack gap="sm" maw="var(--peerhold-measure)">
        {passages > 0 && (
          <Text size="sm">
            <Anchor component={Link} href={`/agreement?view=draft&protocol=${id}`} inherit underline="always">
              {t('thread.passages', { count: passages })}
            </Anchor>
          </Text>
        )}
        <Thread doc={clauseDiscussion(id)} label={t('thread.of', { title })} />
      </Stack>
    </Fold>
  );
}
