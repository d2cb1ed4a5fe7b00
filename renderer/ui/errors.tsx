import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { PeerholdError, errorCode } from '../../shared/errors';
import type { Clause } from '../../shared/network/why';
import { useInNetwork } from '../app/network';
import { ClauseLink } from './clause-link';

/**
 * The words for anything thrown, by its code. What the rules would give no effect is refused as `refused-<code>`, and its words are
 * those of that code in the namespace `effects`; a code without words is named as it is.
 */
export function useErrorText(): (error: unknown) => string {
  const { t, i18n } = useTranslation('errors');
  return (error) => {
    const code = errorCode(error).replace(/^refused-/, '');
    const params = error instanceof PeerholdError ? error.params : {};
    const ns = ['errors', 'effects'].find((each) => i18n.exists(code, { ns: each }));
    return ns === undefined ? t('unknown', { code }) : t(code, { ...params, ns });
  };
}

/** Why a form could not be sent, with the clause by which the rules refuse it; nothing while there is no error. */
export function FormError({ error }: { readonly error: unknown }) {
  const text = useErrorText();
  const inNetwork = useInNetwork();
  if (error === undefined || error === null) return null;
  const clause = inNetwork ? clauseOf(error) : undefined;
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />} role="alert">
      {text(error)}
      {clause !== undefined && <ClauseLink clause={clause} />}
    </Alert>
  );
}

/** The clause that a refusal cites. */
export function clauseOf(error: unknown): Clause | undefined {
  if (!(error instanceof PeerholdError) || !error.code.startsWith('refused-')) return undefined;
  const { version, protocol } = error.params;
  return typeof version === 'string' && typeof protocol === 'string' ? { version, protocol } : undefined;
}

interface Props {
  readonly error: unknown;
  readonly retry?: (() => void) | undefined;
}

/** In place of a view that could not be shown. */
export function ErrorState({ error, retry }: Props) {
  const { t } = useTranslation('ui');
  const text = useErrorText();
  return (
    <Alert color="red" variant="light" title={t('error.title')} icon={<IconAlertTriangle size={18} />} role="alert">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{text(error)}</Text>
        {retry !== undefined && (
          <Group>
            <Button size="xs" variant="default" onClick={retry}>
              {t('error.retry')}
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}
