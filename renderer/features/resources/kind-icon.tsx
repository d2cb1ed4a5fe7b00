import { IconBox, IconCar, IconHammer, IconHome, IconSailboat, IconSettings2, IconTrees } from '@tabler/icons-react';
import type { Resource } from '../../../shared/network/resources/model';

const ICONS: Readonly<Record<Resource['kind'], typeof IconHome>> = {
  house: IconHome,
  land: IconTrees,
  workshop: IconHammer,
  boat: IconSailboat,
  machine: IconSettings2,
  vehicle: IconCar,
  other: IconBox,
};

/** Beside the kind's word, so hidden from screen readers. */
export function KindIcon({ kind }: { readonly kind: Resource['kind'] }) {
  const Icon = ICONS[kind];
  return <Icon size={24} stroke={1.5} aria-hidden style={{ flexShrink: 0 }} />;
}
