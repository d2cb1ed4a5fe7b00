import { beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { comments } from '../commons/comments';
import { draftProtocols } from '../commons/draft';
import { type PageNode, pageDoc, pageText, pageTree } from '../commons/pages';
import { isFamiliar } from '../commons/text/familiar';
import { readNodes } from '../commons/text/fragment';
import { checkUpdate } from '../commons/updates';
import { versionInForce } from '../network/agreement/queries';
import { checkEvent } from '../network/check';
import { NETWORK_KEY } from '../network/state';
import { toHex } from '../record/bytes';
import { Replica } from '../replica/replica';
import { type Sample, generateSample } from '.';

async function replay(sample: Sample): Promise<Replica> {
  const replica = new Replica(sample.network);
  for (const { events, texts } of sample.batches) {
    const { refused } = replica.receive({ events: await Promise.all(events.map(checkEvent)), texts });
    expect(refused.size).toBe(0);
  }
  return replica;
}

function docOf(sample: Sample, id: string): Y.Doc {
  const doc = new Y.Doc();
  for (const { bytes } of sample.docs.find(({ doc: name }) => name === id)!.updates) {
    checkUpdate(bytes);
    Y.applyUpdate(doc, bytes);
  }
  return doc;
}

/** Everything in a sample, as text that differs where a byte does. */
const printed = ({ network, member, key, batches, docs }: Sample): string =>
  JSON.stringify([network, member, key.device, batches, docs], (_, value: unknown) =>
    value instanceof Uint8Array ? toHex(value) : value,
  );
const count = <T>(all: Iterable<T>, is: (one: T) => boolean): number => [...all].filter(is).length;

describe('the house', () => {
  let sample: Sample;
  let replica: Replica;
  beforeAll(async () => {
    sample = await generateSample({ seed: 7 });
    replica = await replay(sample);
  });

  it('is the same from the same seed, byte for byte, and another from another', async () => {
    const again = await generateSample({ seed: 7 });
    expect(printed(again) === printed(sample)).toBe(true);
    const other = await generateSample({ seed: 8 });
    expect(other.network).not.toBe(sample.network);
    expect(other.docs[0]!.updates[0]!.bytes).not.toEqual(sample.docs[0]!.updates[0]!.bytes);
  });

  it('has no event without effect', () => {
    expect([...replica.state.withoutEffect.values()]).toEqual([]);
    expect(replica.record.waiting).toBe(0);
  });

  it('has nine members, one who left, an applicant, and opens as a resident', () => {
    const { members, network, devices, invites } = replica.state;
    const statuses = [...members.values()].map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array<string>(9).fill('active'), 'applicant', 'left']);
    expect(members.get(sample.member)).toMatchObject({ type: 'resident', status: 'active' });
    expect(devices.get(sample.key.device)?.member).toBe(sample.member);
    expect(network.get(NETWORK_KEY)?.sample).toBe(true);
    expect(count(members.values(), ({ devices: own }) => own.length === 2)).toBe(1);
    expect(count(invites.values(), ({ revoked }) => revoked)).toBe(1);
    expect(count(invites.values(), ({ revoked, used, uses }) => !revoked && used.length < uses)).toBe(1);
  });

  it('has texts for everything but what was erased', () => {
    const { erased, entries, proposals, members } = replica.state;
    expect(erased.size).toBe(1);
    for (const { memo } of entries.values()) expect(replica.text(memo)).toBeTruthy();
    for (const { title, text } of proposals.values())
      expect([replica.text(title), replica.text(text)]).not.toContain(null);
    for (const { name } of members.values()) expect(replica.text(name)).toBeTruthy();
    for (const { text: ref } of erased.values()) {
      expect(sample.batches.flatMap(({ texts }) => texts).some(({ text }) => text.includes('dunes'))).toBe(false);
      expect([...members.values()].some(({ about }) => about === ref)).toBe(true);
    }
  });

  it('has some forty decisions of every kind and outcome', () => {
    const { proposals, ballots } = replica.state;
    expect(proposals.size).toBeGreaterThanOrEqual(40);
    expect(proposals.size).toBeLessThanOrEqual(48);
    const of = (status: string) => count(proposals.values(), (proposal) => proposal.status === status);
    expect(of('adopted')).toBeGreaterThan(25);
    for (const status of ['rejected', 'withdrawn', 'superseded', 'open']) expect(of(status)).toBeGreaterThan(0);
    expect(of('clashing')).toBe(0);
    for (const kind of ['none', 'adopt', 'parameters', 'admit', 'spend', 'buy'])
      expect(count(proposals.values(), ({ effect }) => effect.kind === kind)).toBeGreaterThan(0);
    expect(count(proposals.values(), ({ tally, status }) => tally.block > 0 && status === 'rejected')).toBe(1);
    expect(count(ballots.values(), ({ standing }) => standing === 'replaced')).toBeGreaterThan(1);
    expect(count(ballots.values(), ({ reason }) => reason !== undefined)).toBeGreaterThan(30);
    const waiting = [...proposals.values()].filter(({ status }) => status === 'open');
    for (const { id, electorate } of waiting) {
      expect(electorate).toContain(sample.member);
      expect(count(ballots.values(), (one) => one.proposal === id && one.member === sample.member)).toBe(0);
    }
    expect(versionInForce(replica.state)?.number).toBeGreaterThan(5);
  });

  it('has bookings that stand, one that was taken back, and two for the same dates, one of them the reader’s', () => {
    const { bookings } = replica.state;
    const of = (status: string) => [...bookings.values()].filter((booking) => booking.status === status);
    expect(of('stands').length).toBeGreaterThan(4);
    expect(of('cancelled')).toHaveLength(1);
    const [one, other] = of('waiting');
    expect([one!.clashes, other!.clashes]).toEqual([[other!.id], [one!.id]]);
    expect(of('waiting').filter(({ member }) => member === sample.member)).toHaveLength(1);
  });

  it('has some six hundred entries that balance, one breach and one reversal', () => {
    const { entries, balances, allowances } = replica.state;
    expect(entries.size).toBeGreaterThan(570);
    expect(entries.size).toBeLessThan(680);
    for (const unit of ['EUR', 'hour'])
      expect([...balances.values()].reduce((sum, one) => (one.unit === unit ? sum + one.amount : sum), 0)).toBe(0);
    expect(count(entries.values(), ({ kind }) => kind === 'reversal')).toBe(1);
    const status = (wanted: string) => count(entries.values(), ({ authorisation }) => authorisation.status === wanted);
    expect([status('breach'), status('contested')]).toEqual([1, 0]);
    for (const { amount, spent } of allowances.values()) expect(spent).toBeLessThanOrEqual(amount);
    let bank = 0;
    for (const { type, payload } of replica.order) {
      if (type !== 'entry.post') continue;
      for (const { account, amount } of (payload as { postings: { account: string; amount: number }[] }).postings)
        if (account === 'bank') bank += amount;
      expect(bank).toBeGreaterThanOrEqual(0);
    }
  });

  it('holds the house with its shares, and seeks a van', () => {
    const { resources, pledges } = replica.state;
    expect([...resources.values()].map(({ status }) => status).sort()).toEqual(['dropped', 'held', 'sought']);
    const held = [...resources.values()].find(({ status }) => status === 'held')!;
    expect(held.shares.reduce((sum, { shares }) => sum + shares, 0)).toBe(1_000);
    for (const status of ['paid', 'stands', 'lapsed', 'withdrawn'])
      expect(count(pledges.values(), (pledge) => pledge.status === status)).toBeGreaterThan(0);
  });

  it('branches where people were apart', () => {
    expect(
      count(replica.order, ({ parents, previous }) => parents.length + (previous === null ? 0 : 1) > 2),
    ).toBeGreaterThan(5);
  });

  it('has a commons of some fifty pages in three levels, discussions and a draft', () => {
    const levels = (nodes: readonly PageNode[]): number =>
      Math.max(0, ...nodes.map((node) => 1 + levels(node.children)));
    const all = (nodes: readonly PageNode[]): PageNode[] => nodes.flatMap((node) => [node, ...all(node.children)]);
    const tree = pageTree(docOf(sample, 'commons'));
    expect(all(tree).length).toBeGreaterThanOrEqual(48);
    expect(levels(tree)).toBe(3);
    for (const { id, by } of all(tree)) {
      const text = pageText(docOf(sample, pageDoc(id)));
      expect(readNodes(text).length).toBeGreaterThan(2);
      expect(isFamiliar(text)).toBe(true);
      expect(replica.state.members.has(by!)).toBe(true);
    }
    const discussions = sample.docs.filter(({ doc }) => doc.startsWith('discussion:'));
    expect(discussions.length).toBeGreaterThan(8);
    for (const { doc } of discussions) {
      expect(replica.state.proposals.has(doc.slice('discussion:'.length))).toBe(true);
      expect(comments(docOf(sample, doc)).length).toBeGreaterThan(0);
    }
    expect(draftProtocols(docOf(sample, 'agreement')).map(({ id }) => id)).toEqual(
      versionInForce(replica.state)!.protocols.map(({ id }) => id),
    );
  });
});

describe('other sizes', () => {
  it('have the events asked for, all with effect, in the proportions promised', async () => {
    const sample = await generateSample({ seed: 3, scale: { events: 1_000, members: 12 } });
    const { state, order } = await replay(sample);
    expect(order.length).toBeGreaterThanOrEqual(1_000);
    expect(order.length).toBeLessThan(1_030);
    expect([...state.withoutEffect.values()]).toEqual([]);
    expect(state.members.size).toBe(12);
    expect(state.entries.size / order.length).toBeCloseTo(0.75, 1);
    expect(state.ballots.size / order.length).toBeCloseTo(0.15, 1);
    const bytes = order.reduce((sum, event) => sum + event.bytes.length, 0) / order.length;
    expect(bytes).toBeGreaterThan(280);
    expect(bytes).toBeLessThan(400);
    expect(state.members.get(sample.member)?.status).toBe('active');
  });

  it('are the same from the same seed', async () => {
    const options = { seed: 3, scale: { events: 200 } };
    expect(printed(await generateSample(options))).toBe(printed(await generateSample(options)));
  });

  it('can be one member alone', async () => {
    const { state } = await replay(await generateSample({ seed: 3, scale: { events: 100, members: 1 } }));
    expect(state.members.size).toBe(1);
    expect(state.withoutEffect.size).toBe(0);
  });

  it('tells how far it is and stops when told to', async () => {
    const steps: number[] = [];
    const signal = { aborted: false };
    const onProgress = (done: number, total: number) => {
      steps.push(done / total);
      signal.aborted = steps.length === 5;
    };
    await expect(generateSample({ seed: 1, onProgress, signal })).rejects.toMatchObject({ code: 'sample-cancelled' });
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(steps).toHaveLength(5);
  });
});
