import { Alert, Anchor, Group, Text } from '@mantine/core';
import { IconInfoCircle, IconRouteOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Obstacle, ObstacleKind, Remedy } from '../../../../shared/engine/obstacles';
import { FormError } from '../../../ui/errors';
import { MemberName } from '../../../ui/member-name';
import { Moment } from '../../../ui/moment';
import { useMe } from '../../network';
import { useEngine } from '../../engine';
import { HAND_ID } from './parts';

/** Nothing is wrong while one of these is all there is. */
const CALM: ReadonlySet<ObstacleKind> = new Set([
  'offline',
  'looking',
  'connecting',
  'own-place-only',
  'nobody-there',
  'full',
  'removed',
  'left',
  'revoked',
  'unproved',
  'other-network',
]);

/** What stands in the way for all, each with what a person can do about it. */
export function Obstacles({ obstacles }: { readonly obstacles: readonly Obstacle[] }) {
  const { t } = useTranslation('sync');
  return obstacles.map(({ kind, remedies, count, refusal }) => {
    const calm = CALM.has(kind);
    const Icon = calm ? IconInfoCircle : IconRouteOff;
    return (
      <Alert
        key={refusal === undefined ? kind : `by ${refusal.device ?? ''}`}
        role="status"
        color={kind === 'disk' ? 'red' : calm ? 'gray' : 'orange'}
        icon={<Icon size={18} aria-hidden />}
        title={t(`obstacle.${kind}.title`, { count })}
      >
        {refusal !== undefined && <Who {...refusal} />}
        <Text size="sm">{t(`obstacle.${kind}.text`)}</Text>
        <Remedies remedies={remedies} />
      </Alert>
    );
  });
}

function Who({ member, at }: { readonly member: string | null; readonly at: number }) {
  const { t } = useTranslation('app');
  return (
    <Text size="sm">
      {member === null ? t('sync.someDevice') : <MemberName id={member} link />} · <Moment time={at} />
    </Text>
  );
}

/** The ways to what a person can do: a screen, or a part of this panel. */
export function Remedies({ remedies }: { readonly remedies: readonly Remedy[] }) {
  const { t } = useTranslation('app');
  const me = useMe();
  const engine = useEngine();
  const [error, setError] = useState<unknown>();
  if (remedies.length === 0) return null;
  const pages: Partial<Record<Remedy, string>> = {
    'by-file': '/bundles',
    'list-place': '/agreement',
    'list-relay': '/agreement',
    'open-lan': '/settings',
    members: '/members',
    update: '/settings',
    'make-room': '/settings',
    keeper: me === null ? '/members' : `/members/${me.member}`,
    'own-page': me === null ? '/members' : `/members/${me.member}`,
  };
  const here: Partial<Record<Remedy, () => void>> = {
    'go-online': () => void engine.calls.setOnline(true).catch(setError),
    'by-hand': () => {
      const button = document.getElementById(HAND_ID);
      button?.scrollIntoView({ block: 'center' });
      button?.focus();
    },
  };
  return (
    <>
      <Group
        component="ul"
        gap="0.25rem 1rem"
        mt={6}
        p={0}
        mb={0}
        aria-label={t('sync.remedies')}
        style={{ listStyle: 'none' }}
      >
        {remedies.map((remedy) => {
          const page = pages[remedy];
          const words = t(`sync.remedy.${remedy}`);
          return (
            <li key={remedy}>
              {page === undefined ? (
                <Anchor component="button" type="button" size="sm" underline="always" onClick={here[remedy]}>
                  {words}
                </Anchor>
              ) : (
                <Anchor component={Link} href={page} size="sm" underline="always">
                  {words}
                </Anchor>
              )}
            </li>
          );
        })}
      </Group>
      <FormError error={error} />
    </>
  );
}
