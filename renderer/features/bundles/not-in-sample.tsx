import { IconFileOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { NETWORK_KEY } from '../../../shared/network/state';
import { useNetwork } from '../../app/network';
import { EmptyState, PageHeader } from '../../ui';

interface Props {
  readonly title: string;
  /** What is said in its place in the sample network, which is nobody's. */
  readonly instead: { readonly title: string; readonly text: string };
  readonly children: ReactNode;
}

/** A screen that makes or takes files of a network, which the sample has none of. */
export function NotInSample({ title, instead, children }: Props) {
  if (useNetwork().state.network.get(NETWORK_KEY)?.sample !== true) return children;
  return (
    <>
      <PageHeader title={title} />
      <EmptyState icon={<IconFileOff size={28} stroke={1.5} aria-hidden />} {...instead} />
    </>
  );
}
