import { Alert, Button, Group, List, Progress, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Finding, Verification } from '../../../shared/seal/verify';
import { useProgress } from '../../app/engine';
import { useNetworkStore } from '../../app/network';
import { FormError } from '../../ui';
import { FindingLine } from './finding-line';
import classes from './seals.module.css';
import { useVerifications } from './verification-store';

/** Recomputes the whole network from the bytes on this device, and says what was checked and what is wrong. */
export function VerifyEverything() {
  const { t } = useTranslation('seals');
  const { id, engine } = useNetworkStore();
  const { byNetwork, start } = useVerifications();
  const { running, result, error } = byNetwork[id] ?? { running: false };
  return (
    <section aria-labelledby="verify">
      <Title order={2} id="verify" mb={4}>
        {t('verify.title')}
      </Title>
      <Text c="dimmed" mb="sm" className={classes['measure'] ?? ''}>
        {t('verify.text')}
      </Text>
      <Stack gap="md" align="stretch" className={classes['measure'] ?? ''}>
        {running ? (
          <Running onCancel={() => void engine.cancelVerify(id)} />
        ) : (
          <div>
            <Button
              variant="default"
              leftSection={<IconShieldCheck size={18} aria-hidden />}
              onClick={() => start(engine, id)}
            >
              {t(result === undefined ? 'verify.start' : 'verify.again')}
            </Button>
          </div>
        )}
        <FormError error={error} />
        <div role="status">{result !== undefined && <Result result={result} />}</div>
      </Stack>
    </section>
  );
}

function Running({ onCancel }: { readonly onCancel: () => void }) {
  const { t } = useTranslation('seals');
  const progress = useProgress('verify');
  const { done, total } = progress ?? { done: 0, total: 0 };
  const percent = total === 0 ? 0 : Math.round((100 * done) / total);
  return (
    <Stack gap="xs">
      <Progress value={percent} aria-label={t('verify.progress')} />
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {total === 0 ? t('verify.reading') : t('verify.done', { done, count: total })}
        </Text>
        <Button variant="default" size="xs" onClick={onCancel}>
          {t('verify.cancel')}
        </Button>
      </Group>
    </Stack>
  );
}

function Result({ result }: { readonly result: Verification }) {
  const { t } = useTranslation('seals');
  const { wrong, wrongs, noted, notes } = result;
  const isFine = wrongs === 0;
  return (
    <Stack gap="md">
      <Alert
        color={isFine ? 'green' : 'red'}
        icon={isFine ? <IconShieldCheck size={18} aria-hidden /> : <IconAlertTriangle size={18} aria-hidden />}
        title={isFine ? t('verify.fine') : t('verify.wrong', { count: wrongs })}
      >
        <Stack gap="xs">
          {isFine ? <Text>{t('verify.fineText')}</Text> : <Findings found={wrong} total={wrongs} />}
          <Counts result={result} />
        </Stack>
      </Alert>
      {notes > 0 && (
        <Alert
          color="yellow"
          icon={<IconAlertTriangle size={18} aria-hidden />}
          title={t('verify.noted', { count: notes })}
        >
          <Stack gap="xs">
            <Text>{t('verify.notedText')}</Text>
            <Findings found={noted} total={notes} />
          </Stack>
        </Alert>
      )}
    </Stack>
  );
}

/** What was checked, in numbers. */
function Counts({ result }: { readonly result: Verification }) {
  const { t } = useTranslation('seals');
  const { events, signatures, devices, seals, sealSignatures, texts, digest } = result;
  return (
    <>
      <List size="sm">
        <List.Item>{t('checked.events', { count: events })}</List.Item>
        <List.Item>{t('checked.signatures', { count: signatures })}</List.Item>
        <List.Item>{t('checked.devices', { count: devices })}</List.Item>
        <List.Item>{t('checked.seals', { count: seals, signatures: sealSignatures })}</List.Item>
        <List.Item>{t('checked.texts', { count: texts })}</List.Item>
      </List>
      <Text size="sm">
        {t('checked.digest')} <span className={classes['id']}>{digest.slice(0, 16)}</span>
      </Text>
    </>
  );
}

function Findings({ found, total }: { readonly found: readonly Finding[]; readonly total: number }) {
  const { t } = useTranslation('seals');
  return (
    <>
      <List size="sm">
        {found.map((finding, index) => (
          <List.Item key={`${index} ${finding.code} ${finding.event ?? ''}`}>
            <FindingLine finding={finding} />
          </List.Item>
        ))}
      </List>
      {total > found.length && <Text size="sm">{t('verify.more', { count: total - found.length })}</Text>}
    </>
  );
}
