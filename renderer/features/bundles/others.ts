import { useMemo } from 'react';
import { activeMembers, maySign } from '../../../shared/network/membership/queries';
import { useMe, useNetwork, useTexts } from '../../app/network';

/** Somebody to whom a file can be carried. */
export interface Other {
  readonly id: string;
  readonly name: string;
  readonly isMe: boolean;
  /** Their active devices but keepers and this one, and how many of these have published a key that something can be locked to. */
  readonly devices: number;
  readonly receiving: number;
}

/** The other members by name, and oneself where there is another device. */
export function useOthers(): readonly Other[] {
  const { state } = useNetwork();
  const me = useMe();
  const others = useMemo(
    () =>
      activeMembers(state)
        .map(({ id, name, devices }) => {
          const rows = devices.flatMap((device) => state.devices.get(device) ?? []);
          const counted = rows.filter((row) => row.id !== me?.device && maySign(row));
          const receiving = counted.filter(({ receives }) => receives !== undefined).length;
          return { id, name, isMe: id === me?.member, devices: counted.length, receiving };
        })
        .filter(({ isMe, devices }) => !isMe || devices > 0),
    [state, me],
  );
  const names = useTexts(useMemo(() => others.map(({ name }) => name), [others]));
  return others
    .map((one, index) => ({ ...one, name: names[index] ?? one.id.slice(0, 8) }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}
