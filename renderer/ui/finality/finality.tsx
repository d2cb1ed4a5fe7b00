import { Badge, Tooltip } from '@mantine/core';
import { IconClock, IconShieldCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Why } from '../../../shared/network/why';
import { useFinality, useSeal, useSealStatus } from '../../app/seals';
import { Moment } from '../moment';
import classes from './finality.module.css';
import { NextSealWords } from './next-seal-words';

/**
 * Height of the seal that fixed a row, null while none has; undefined where the row itself does not know, and the events behind it
 * have to be asked.
 */
export type Sealed = number | null | undefined;

interface Props {
  readonly why: Why;
  readonly sealed?: Sealed;
}

/** Whether something is sealed, and by whom, or provisional, and what it waits for. */
export function Finality({ why, sealed }: Props) {
  return sealed === undefined ? <Asking events={why.events} /> : <FinalityBadge sealed={sealed} />;
}

function Asking({ events }: { readonly events: readonly string[] }) {
  const { value } = useFinality(events);
  return <FinalityBadge sealed={value} />;
}

/** `sealed` undefined: not known yet. */
export function FinalityBadge({ sealed }: { readonly sealed: Sealed }) {
  const { t } = useTranslation('ui');
  // Keeps its place: nothing is claimed before it is known, and nothing moves when it is.
  if (sealed === undefined)
    return (
      <Badge variant="outline" color="gray" aria-hidden style={{ visibility: 'hidden' }}>
        {t('finality.provisional')}
      </Badge>
    );
  if (sealed === null)
    return (
      <Hint label={<ProvisionalHint />}>
        <Badge color="gray" variant="outline" tabIndex={0} style={{ cursor: 'help' }}>
          {t('finality.provisional')}
        </Badge>
      </Hint>
    );
  return (
    <Hint label={<SealedHint height={sealed} />}>
      <Badge
        color="green"
        variant="light"
        tabIndex={0}
        style={{ cursor: 'help' }}
        leftSection={<IconShieldCheck size={13} aria-hidden />}
      >
        {t('finality.sealed')}
      </Badge>
    </Hint>
  );
}

/** The same as a small sign for tables, where a button beside it opens the proof. */
export function FinalityIcon({ sealed }: { readonly sealed: Sealed }) {
  const { t } = useTranslation('ui');
  if (sealed === undefined) return <span className={classes['icon']} aria-hidden />;
  const label = sealed === null ? t('finality.provisional') : t('finality.sealedBy', { height: sealed });
  const Icon = sealed === null ? IconClock : IconShieldCheck;
  return (
    <Tooltip label={label}>
      <span className={classes['icon']} role="img" aria-label={label} data-sealed={sealed !== null}>
        <Icon size={16} aria-hidden />
      </span>
    </Tooltip>
  );
}

function Hint({ label, children }: { readonly label: ReactNode; readonly children: ReactNode }) {
  return (
    <Tooltip
      label={label}
      events={{ hover: true, focus: true, touch: true }}
      multiline
      maw="20rem"
      classNames={{ tooltip: classes['hint'] ?? '' }}
    >
      {children}
    </Tooltip>
  );
}

/** Asks only when it is shown. */
function ProvisionalHint() {
  const { t } = useTranslation('ui');
  const { value } = useSealStatus(0);
  return (
    <>
      {t('finality.hint')} {value !== undefined && <NextSealWords next={value.next} />}
    </>
  );
}

function SealedHint({ height }: { readonly height: number }) {
  const { t } = useTranslation('ui');
  const { value } = useSeal(height);
  return (
    <>
      {t('finality.fixed', { height })}{' '}
      {value !== undefined && value !== null && (
        <>
          {t('finality.signed', { signed: value.signers.length, count: value.of })} {t('finality.agreedTime')}{' '}
          <Moment time={value.time} exact />
        </>
      )}
    </>
  );
}
