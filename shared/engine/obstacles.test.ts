import { describe, expect, it } from 'vitest';
import type { Delivery } from '../peer/deliveries';
import type { Refusal } from '../peer/refusals';
import type { Failures } from '../sync/meeting/meeting';
import type { MeetingStatus, NetworkStatus, PlaceKind } from './contract';
import { obstaclesOf } from './obstacles';

const ben: Delivery = { member: 'ben', lacks: 1, lacksTexts: 0, completeSince: null, heard: null, connected: false };
const cleo: Delivery = { ...ben, member: 'cleo', connected: true };
const peer = { device: 'd', member: 'cleo', since: 1, met: null, route: null };
const status = (more: Partial<NetworkStatus>): NetworkStatus => ({
  me: { device: 'here', member: 'ana' },
  online: true,
  meeting: null,
  peers: [],
  refusals: [],
  delivery: [ben],
  events: 1,
  sealed: null,
  unsealed: 0,
  pending: 0,
  historyCheck: null,
  problem: null,
  diverged: [],
  newDevice: null,
  restoring: [],
  heard: new Map(),
  ...more,
});
const kinds = (more: Partial<NetworkStatus>): readonly string[] => obstaclesOf(status(more)).map(({ kind }) => kind);

const place = (kind: PlaceKind, connected: boolean, tried = true) => ({
  address: `ws://${kind}`,
  kind,
  connected,
  tried,
});
const meeting = (more: Partial<MeetingStatus>): MeetingStatus => ({ places: [], known: 0, failures: {}, ...more });
const found = (failures: Failures): MeetingStatus => meeting({ places: [place('own', true)], known: 1, failures });
const refusal: Refusal = { device: 'x', member: 'ben', reason: 'not-accepted', at: 5 };

describe('what stands in the way of being connected', () => {
  it.each<[string, Partial<NetworkStatus>, readonly string[]]>([
    ['working offline', { online: false, refusals: [refusal] }, ['offline']],
    ['before anything is known', {}, ['looking']],
    ['without any place', { meeting: meeting({}) }, ['no-place']],
    [
      'while places are being tried',
      { meeting: meeting({ places: [place('own', true), place('listed', false, false)] }) },
      ['looking'],
    ],
    [
      'with no place that answers',
      { meeting: meeting({ places: [place('own', false), place('invite', false)] }) },
      ['places-unreachable'],
    ],
    [
      'before it has listened at one',
      { meeting: meeting({ places: [place('own', true), place('found', true, false)] }) },
      ['looking'],
    ],
    [
      'with nobody at one that does, while others are being tried',
      { meeting: meeting({ places: [place('listed', true), place('invite', false, false)] }) },
      ['nobody-there'],
    ],
    [
      'with only its own that does',
      { meeting: meeting({ places: [place('own', true), place('invite', false)] }) },
      ['own-place-only'],
    ],
    [
      'with nobody at a place that does',
      { meeting: meeting({ places: [place('own', true), place('found', true)] }) },
      ['nobody-there'],
    ],
    ['with somebody found', { meeting: found({}) }, ['connecting']],
    ['with no route to them', { meeting: found({ 'no-route': 1, 'no-answer': 3 }) }, ['no-route']],
    ['with no answer of them', { meeting: found({ 'no-answer': 1 }) }, ['no-answer']],
    ['with no room there', { meeting: found({ full: 2, 'no-answer': 1 }) }, ['full']],
    ['with too much going on there', { meeting: found({ busy: 1 }) }, ['full']],
    ['unable to begin', { meeting: found({ 'not-begun': 1, 'no-route': 1 }) }, ['not-begun']],
    ['refused', { meeting: found({}), refusals: [refusal] }, ['not-accepted']],
    [
      'refused, with nobody there any more',
      { meeting: meeting({ places: [place('found', true)] }), refusals: [refusal] },
      ['nobody-there', 'not-accepted'],
    ],
    ['alone in the network', { delivery: [], meeting: meeting({}) }, []],
    ['not admitted yet', { me: null, delivery: [], meeting: meeting({}) }, ['no-place']],
    [
      'with somebody connected',
      { delivery: [ben, cleo], peers: [peer], meeting: found({ full: 1, 'no-answer': 1 }) },
      [],
    ],
    [
      'with somebody connected, and no route to another',
      { delivery: [ben, cleo], peers: [peer], meeting: found({ 'no-route': 1 }) },
      ['no-route'],
    ],
    ['with all connected', { delivery: [cleo], peers: [peer], meeting: found({ 'no-route': 1 }) }, []],
    ['with a full disk', { delivery: [cleo], peers: [peer], problem: { code: 'storage-full', params: {} } }, ['disk']],
    [
      'with a full disk, offline',
      { online: false, problem: { code: 'storage-failed', params: {} } },
      ['disk', 'offline'],
    ],
    ['with another problem', { delivery: [cleo], peers: [peer], problem: { code: 'device-forked', params: {} } }, []],
  ])('%s', (_name, more, expected) => {
    expect(kinds(more)).toEqual(expected);
  });

  it('says with how many no way was found, and what gets around it', () => {
    expect(obstaclesOf(status({ meeting: found({ 'no-route': 2 }) }))).toEqual([
      { kind: 'no-route', count: 2, remedies: ['list-relay', 'by-hand', 'keeper', 'by-file'] },
    ]);
  });
});
