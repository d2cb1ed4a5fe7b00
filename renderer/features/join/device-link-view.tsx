import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_LABEL } from '../../../shared/invite/exchange';
import type { InvitePreview } from '../../../shared/engine/contract';
import { CheckNumber, Moment } from '../../ui';
import { Busy } from './busy';
import { JoinProblem } from './join-problem';
import classes from './join.module.css';
import { useDeviceLink } from './use-device-link';

interface Props {
  readonly payload: string;
  readonly preview: InvitePreview;
  readonly onAdded: (network: string) => void;
}

/** Makes this installation a further device of the member whose device made the link. */
export function DeviceLinkView({ payload, preview, onAdded }: Props) {
  const { t } = useTranslation('join');
  const { step, ask, cancel } = useDeviceLink(payload, onAdded);
  return (
    <Stack align="flex-start">
      <div>
        <Title order={2}>{t('device.title', { network: preview.networkName, name: preview.inviter })}</Title>
        <Text c="dimmed">
          {t('device.goodUntil')} <Moment time={preview.expires} exact />
        </Text>
      </div>
      {preview.stopped && <Text className={classes['measure']}>{t('device.replaces')}</Text>}
      {step.at === 'named' && <Naming error={step.error} onAsk={ask} />}
      {step.at === 'connecting' && <Busy text={t('device.connecting')} onCancel={cancel} />}
      {step.at === 'asked' && (
        <>
          <Text className={classes['measure']}>{t('device.compare')}</Text>
          <CheckNumber label={t('device.number')} value={step.checkNumber} focus />
          <Busy text={t('device.waiting')} onCancel={cancel} />
        </>
      )}
    </Stack>
  );
}

function Naming({ error, onAsk }: { readonly error: unknown; readonly onAsk: (label: string) => void }) {
  const { t } = useTranslation('join');
  const [label, setLabel] = useState('');
  const [empty, setEmpty] = useState(false);
  const name = label.trim();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setEmpty(name === '');
        if (name !== '') onAsk(name);
      }}
    >
      <Stack maw="var(--peerhold-measure)" align="flex-start">
        <Text>{t('device.hint')}</Text>
        <TextInput
          label={t('device.label')}
          description={t('device.labelHint')}
          value={label}
          maxLength={MAX_LABEL}
          w="100%"
          maw="22rem"
          data-autofocus
          onChange={(event) => {
            setLabel(event.currentTarget.value);
            setEmpty(false);
          }}
          error={empty ? t('device.labelMissing') : undefined}
        />
        {error !== undefined && <JoinProblem error={error} device />}
        <Group>
          <Button type="submit">{t(error === undefined ? 'device.ask' : 'device.askAgain')}</Button>
        </Group>
      </Stack>
    </form>
  );
}
