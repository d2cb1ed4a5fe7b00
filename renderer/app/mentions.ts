import { useEffect, useMemo } from 'react';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Backlink } from '../../shared/commons/links/backlinks';
import { useBacklinks } from '../ui/linked-from/use-backlinks';
import { useMe, useNetworkStore } from './network';

/** How often each text mentioned the person when they last followed it, by its key. */
type Seen = Readonly<Record<string, number>>;

interface SeenMentions {
  /** By network. None: nobody looked yet, and what is there now is no news. */
  readonly of: Readonly<Record<string, Seen>>;
  readonly see: (network: string, links: readonly Pick<Backlink, 'kind' | 'id' | 'times'>[]) => void;
}

const keyOf = ({ kind, id }: Pick<Backlink, 'kind' | 'id'>): string => `${kind}:${id}`;

/** What was stored, as far as it can be read. */
export function readSeen(stored: unknown): Pick<SeenMentions, 'of'> {
  const { of } = (stored ?? {}) as Record<string, unknown>;
  const counts = (value: unknown): Seen =>
    Object.fromEntries(
      Object.entries((value ?? {}) as Record<string, unknown>).filter((entry): entry is [string, number] =>
        Number.isSafeInteger(entry[1]),
      ),
    );
  return { of: Object.fromEntries(Object.entries(of ?? {}).map(([id, seen]) => [id, counts(seen)])) };
}

/** On this device. */
export const seenMentions = create<SeenMentions>()(
  persist(
    (set) => ({
      of: {},
      see: (network, links) =>
        set(({ of }) => ({
          of: {
            ...of,
            [network]: { ...of[network], ...Object.fromEntries(links.map((link) => [keyOf(link), link.times])) },
          },
        })),
    }),
    { name: 'peerhold-mentions', merge: (stored, initial) => ({ ...initial, ...readSeen(stored) }) },
  ),
);

/** Those that mention the person more often than when they last followed them. */
export const unseen = (links: readonly Backlink[], seen: Seen | undefined): readonly Backlink[] =>
  seen === undefined ? [] : links.filter((link) => link.times > (seen[keyOf(link)] ?? 0));

const NONE: readonly Backlink[] = [];

/** The texts that mention the person and that they have not followed since; `follow` is for when they do. */
export function useMentions(): { readonly links: readonly Backlink[]; readonly follow: (link: Backlink) => void } {
  const { id: network } = useNetworkStore();
  const me = useMe();
  const { answer } = useBacklinks({ kind: 'member', id: me?.member ?? '' });
  const seen = seenMentions((state) => state.of[network]);
  const see = seenMentions((state) => state.see);
  useEffect(() => {
    if (me !== null && seen === undefined && answer?.reading === null) see(network, answer.links);
  }, [me, network, seen, see, answer]);
  const links = useMemo(() => (answer === undefined ? NONE : unseen(answer.links, seen)), [answer, seen]);
  return { links, follow: (link) => see(network, [link]) };
}
