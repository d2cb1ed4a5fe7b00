import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalloutKind } from '../../../shared/commons/text/schema';
import { CALLOUT_ICONS } from './callout-icons';
import classes from './callout.module.css';

interface Props {
  readonly kind: CalloutKind;
  /** Beside the kind's name, as a way to choose another. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a text that is set apart: what kind it is by sign, word and colour. */
export function CalloutFrame({ kind, tools, children }: Props) {
  const { t } = useTranslation('ui');
  const Icon = CALLOUT_ICONS[kind];
  return (
    <div className={classes['callout']} data-kind={kind} role="note" aria-label={t(`callout.${kind}`)}>
      <div className={classes['head']} contentEditable={false}>
        <Icon size={18} aria-hidden />
        {tools ?? <span aria-hidden>{t(`callout.${kind}`)}</span>}
      </div>
      {children}
    </div>
  );
}
