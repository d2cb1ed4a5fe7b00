import { Group, Progress, Stack, Text } from '@mantine/core';
import { IconBan, IconCheck, IconCircleMinus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CHOICES, type Choice, type Proposal } from '../../../shared/network/decisions/model';
import { agreementsNeeded, quorumOf } from '../../../shared/network/decisions/queries';

const COLORS: Readonly<Record<Choice, string>> = { agree: 'green', abstain: 'blue', disagree: 'orange', block: 'red' };
export const CHOICE_ICONS = { agree: IconCheck, abstain: IconCircleMinus, disagree: IconX, block: IconBan } as const;

/** The ballots that count, as figures in words and as a bar, and what is still missing. */
export function TallyView({ proposal }: { readonly proposal: Proposal }) {
  const { t } = useTranslation('decisions');
  const { tally, rule } = proposal;
  const { cast } = quorumOf(proposal);
  const share = (count: number) => (tally.electorate === 0 ? 0 : (count / tally.electorate) * 100);
  return (
    <Stack gap="sm">
      <Progress.Root size="lg" aria-hidden>
        {CHOICES.map((choice) => (
          <Progress.Section key={choice} value={share(tally[choice])} color={COLORS[choice]} />
        ))}
      </Progress.Root>
      <Stack gap={4} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {CHOICES.filter((choice) => choice !== 'block' || rule.block === 'entitled' || tally.block > 0).map(
          (choice) => {
            const Icon = CHOICE_ICONS[choice];
            return (
              <Group key={choice} component="li" gap="xs">
                <Icon size={16} aria-hidden color={`var(--mantine-color-${COLORS[choice]}-text)`} />
                <Text size="sm">{t(`tally.${choice}`, { count: tally[choice] })}</Text>
              </Group>
            );
          },
        )}
      </Stack>
      <Text size="sm" c="dimmed">
        {t('tally.cast', { cast, electorate: tally.electorate })}
        {proposal.status === 'open' && <> {missing(proposal, t)}</>}
      </Text>
    </Stack>
  );
}

/** What would decide it: the agreements that an assent still needs, or the ballots that a closing still needs. */
export function missing(proposal: Proposal, t: (key: string, params: { count: number }) => string): string {
  if (proposal.rule.method === 'assent') {
    const needed = agreementsNeeded(proposal.tally.electorate, proposal.rule.threshold) - proposal.tally.agree;
    return t('tally.agreementsMissing', { count: Math.max(0, needed) });
  }
  const { cast, needed, met } = quorumOf(proposal);
  return met ? t('tally.quorumMet', { count: needed }) : t('tally.quorumMissing', { count: needed - cast });
}
