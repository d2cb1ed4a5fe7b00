import { Alert, NativeSelect, Stack, Text } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { activeMembers } from '../../../../shared/network/membership/queries';
import { useMe, useNetwork, useTexts } from '../../../app/network';
import { CheckNumber } from '../../../ui';
import type { EffectDraft } from './effect-draft';
import { NamedSelect } from './named-select';

interface Props {
  readonly draft: EffectDraft;
  /** Stays the same function. */
  readonly onChange: (change: Partial<EffectDraft>) => void;
}

/** Which of those who asked at this device, and which member that is; the number is what everybody compares. */
export function RestoreFields({ draft, onChange }: Props) {
  const { t } = useTranslation('decisions');
  const { state, status } = useNetwork();
  const me = useMe()?.member;
  const { members } = state;
  const others = useMemo(() => activeMembers({ members }).filter(({ id }) => id !== me), [members, me]);
  const names = useTexts(useMemo(() => others.map(({ name }) => name), [others]));
  const asking = status.restoring.find(({ device }) => device === draft.restoring?.device);
  const called = asking && others.filter((_, index) => sameName(names[index], asking.name));
  const guess = called?.length === 1 ? called[0]!.id : undefined;
  useEffect(() => {
    if (guess !== undefined && draft.member === '') onChange({ member: guess });
  }, [guess, draft.member, onChange]);
  if (status.restoring.length === 0) return <Alert variant="light">{t('new.nobodyAsks')}</Alert>;
  return (
    <Stack gap="md">
      <NativeSelect
        label={t('new.restoring')}
        value={asking?.device ?? ''}
        maw={440}
        data={[
          { value: '', label: t('new.choose') },
          ...status.restoring.map(({ device, name, code }) => ({ value: device, label: `${name} · ${code}` })),
        ]}
        onChange={(event) => {
          const device = event.currentTarget.value;
          onChange({ restoring: status.restoring.find((one) => one.device === device) ?? null });
        }}
      />
      {asking !== undefined && (
        <>
          <div>
            <Text fw={550}>{t('restore.number')}</Text>
            <CheckNumber label={t('restore.number')} value={asking.code} />
            <Text size="sm" c="dimmed" maw="var(--peerhold-measure)">
              {t('restore.hear', { name: asking.name })}
            </Text>
          </div>
          <NamedSelect
            label={t('new.whoIsBack')}
            value={draft.member}
            rows={others}
            onChange={(member) => onChange({ member })}
          />
        </>
      )}
    </Stack>
  );
}

const sameName = (a: string | null | undefined, b: string): boolean =>
  typeof a === 'string' && a.trim().toLowerCase() === b.trim().toLowerCase();
