import {
  IconAt,
  IconBuildingCommunity,
  IconFileText,
  IconGavel,
  IconReceipt2,
  IconScale,
  type TablerIcon,
} from '@tabler/icons-react';
import type { MentionKind } from '../../../shared/commons/text/schema';

/** The sign of each kind of thing that a text can mention. */
export const MENTION_ICONS: Readonly<Record<MentionKind, TablerIcon>> = {
  member: IconAt,
  page: IconFileText,
  protocol: IconScale,
  decision: IconGavel,
  resource: IconBuildingCommunity,
  entry: IconReceipt2,
};
