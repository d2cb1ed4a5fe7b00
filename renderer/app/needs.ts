import { useMemo } from 'react';
import { type Need, needsOf } from '../../shared/network/needs/needs';
import { useNow } from '../ui/now';
import { useNetwork } from './network';

/** What waits for the person at this device. */
export function useNeeds(): readonly Need[] {
  const { state, status } = useNetwork();
  const now = useNow();
  const member = status.me?.member;
  return useMemo(() => (member === undefined ? [] : needsOf(state, member, now)), [state, member, now]);
}
