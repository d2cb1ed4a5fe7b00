import { IconAlertTriangle, IconBulb, IconHelpCircle, IconInfoCircle, type TablerIcon } from '@tabler/icons-react';
import type { CalloutKind } from '../../../shared/commons/text/schema';

/** The sign of each kind of callout. */
export const CALLOUT_ICONS: Readonly<Record<CalloutKind, TablerIcon>> = {
  note: IconInfoCircle,
  tip: IconBulb,
  warning: IconAlertTriangle,
  question: IconHelpCircle,
};
