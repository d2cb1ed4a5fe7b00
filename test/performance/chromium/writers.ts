import * as Y from 'yjs';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import { SignallingService } from '../../../node/signalling/service';
import { nodeRuntime } from '../../../node/sync/runtime';
import { pageDoc, pageText } from '../../../shared/commons/pages';
import { randomBytes } from '../../../shared/record/signature';
import { SECRET_BYTES, encodeInvite, inviteKey } from '../../../shared/invite/link';
import { MemoryStore } from '../../../shared/peer/memory-store';
import { Peer } from '../../../shared/peer/peer';
import { type Meet, meet } from '../../../shared/sync/meeting/meet';
import { App } from '../../e2e/kit/app';
import { goTo, joinNetwork } from '../../e2e/kit/steps';
import { admit, group } from '../../kit/group';
import { keepCommons, storedCommons } from '../commons';
import { madePages } from '../node/texts';
import { watchFrames } from '../page/frames';
import { type Row, count } from '../report';
import { type Chromium, closePage } from './browser';
import { Watch } from './watch';

const PAGES = 500;
/** Beside the one at the window. */
const WRITERS = ['ana', 'ben', 'cleo', 'dan'];
/** Milliseconds. */
const PATIENCE = 300_000;
const KEY = 60;
const THINK = 150;
const INVITED = 3_600_000;
const WORDS = 'The roof held through the night, and the buckets in the attic are dry. ';
const ROUNDS = 5;
/** Between 1 and 3 kB of text, as most pages of the 500. */
const isOrdinary = ({ text }: { readonly text: string }): boolean => text.length > 1_000 && text.length < 3_000;

const around = { clock: nodeRuntime.clock, random: nodeRuntime.random, now: () => Date.now() };

/**
 * P8: how free the window's thread stays while its person writes in a page of a commons of 500 pages, alone and with four others who write in the
 * same page, each a peer of their own over WebRTC whose caret is shown. The others' letters come one by one, as quickly as people type.
 */
export async function writers(browser: Chromium): Promise<Row[]> {
  const signalling = new SignallingService();
  await signalling.listenLoopback();
  const pages = madePages(PAGES);
  const page = pages.find(isOrdinary)!;
  const others = await Others.of(storedCommons(pages), signalling.addresses());
  const idle = await browser.open();
  await idle.evaluate(watchFrames);
  const app = await App.start('writer');
  try {
    const { page: window } = app;
    window.setDefaultTimeout(PATIENCE);
    await window.evaluate(watchFrames);
    const watch = new Watch(window, idle);
    await joinNetwork(app, await others.invite(signalling.addresses()), 'Eva', 'The house');
    await window.getByRole('button', { name: new RegExp(`^${WRITERS.length} connected`) }).waitFor();
    await watch.during(`opening a commons of ${count(PAGES)} pages`, async () => {
      await goTo(app, 'Commons');
      await window.getByRole('treeitem').nth(10).waitFor();
    });
    const text = window.getByRole('textbox', { name: `Text of “${page.title}”` });
    await watch.during('… opening one of its pages', async () => {
      await window.goto(window.url().replace(/\/commons.*/, `/commons/${page.id}`));
      await text.waitFor();
    });
    const write = async (): Promise<void> => {
      await text.click();
      await window.keyboard.press('Control+End');
      for (let round = 0; round < ROUNDS; round++) await window.keyboard.type(WORDS, { delay: KEY });
    };
    await watch.during('… writing in it alone', write);
    await watch.during(`… and with ${WRITERS.length} others, who write in it at once`, async () => {
      const stop = await others.write(page.id);
      await write();
      await stop();
    });
    if (app.faults.length > 0) throw new Error(app.faults.join('\n'));
    return watch.rows;
  } finally {
    await app.end();
    await closePage(idle);
    await others.close();
    await signalling.close();
  }
}

/** The other members, each a peer in this process. */
class Others {
  readonly #peers: readonly Peer[];
  readonly #meetings: readonly Meet[];

  private constructor(peers: readonly Peer[], meetings: readonly Meet[]) {
    this.#peers = peers;
    this.#meetings = meetings;
  }

  static async of(commons: ReturnType<typeof storedCommons>, places: readonly string[]): Promise<Others> {
    const [founder] = await group([WRITERS[0]!]);
    const people = [founder!];
    for (const name of WRITERS.slice(1)) people.push(await admit(founder!, name));
    const { replica } = founder!;
    const events = replica.record.all().map(({ bytes }) => bytes);
    const texts = replica.record.all().flatMap((entry) => replica.textsOf(entry));
    const [peers, meetings]: [Peer[], Meet[]] = [[], []];
    for (const { signer } of people) {
      const store = new MemoryStore();
      await store.append({ events, texts });
      await keepCommons(commons, store.docs);
      const peer = await Peer.open(replica.id, signer, store, around);
      peers.push(peer);
      const onTransport = (transport: Parameters<Peer['connect']>[0]): void => void peer.connect(transport);
      meetings.push(await meet(nodeRuntime, { network: replica.id, servers: places, onTransport }));
    }
    return new Others(peers, meetings);
  }

  async invite(meetingPlaces: readonly string[]): Promise<string> {
    const peer = this.#peers[0]!;
    const secret = randomBytes(SECRET_BYTES);
    const expires = Date.now() + INVITED;
    const { device } = await inviteKey(secret);
    await peer.act({ type: 'invite.issue', payload: { invite: device, type: 'resident', uses: 1, days: 1 } });
    const seal = peer.replica.seals.seals.at(-1)?.value ?? null;
    return encodeInvite({
      ...{ network: peer.id, secret, expires, seal, networkName: 'The house', inviter: 'Ana', meetingPlaces },
    });
  }

  /** Each writes at the end of a paragraph of their own until they are told to stop. */
  async write(page: string): Promise<() => Promise<void>> {
    const pens = await Promise.all(this.#peers.map((peer, index) => Pen.at(peer, page, index)));
    const timers = pens.map((pen, index) => setInterval(() => pen.key(), THINK + index));
    return async () => {
      for (const timer of timers) clearInterval(timer);
      for (const pen of pens) pen.lift();
    };
  }

  async close(): Promise<void> {
    for (const meeting of this.#meetings) meeting.close('channel.closed');
    for (const peer of this.#peers) await peer.close();
  }
}

/** One who writes, as a screen of their own peer would. */
class Pen {
  readonly #peer: Peer;
  readonly #id: string;
  readonly #doc: Y.Doc;
  readonly #awareness: Awareness;
  readonly #text: Y.XmlText;
  readonly #release: () => void;
  #at = 0;

  private constructor(peer: Peer, id: string, doc: Y.Doc, paragraph: number) {
    this.#peer = peer;
    this.#id = id;
    this.#doc = doc;
    this.#release = peer.docs.hold(id);
    this.#awareness = new Awareness(doc);
    const paragraphs = pageText(doc)
      .toArray()
      .map((block) => (block instanceof Y.XmlElement ? block.get(0) : undefined))
      .filter((block) => block instanceof Y.XmlText);
    this.#text = paragraphs[paragraph % paragraphs.length]!;
    const member = peer.me!.member;
    doc.on('update', (bytes: Uint8Array) => void peer.docs.apply(id, { bytes, member, time: Date.now() }, this));
  }

  static async at(peer: Peer, page: string, paragraph: number): Promise<Pen> {
    const id = pageDoc(page);
    const doc = new Y.Doc();
    Y.applyUpdate(doc, await peer.docs.state(id));
    return new Pen(peer, id, doc, paragraph);
  }

  key(): void {
    this.#text.insert(this.#text.length, WORDS.charAt(this.#at++ % WORDS.length));
    const caret = Y.createRelativePositionFromTypeIndex(this.#text, this.#text.length);
    this.#awareness.setLocalStateField('cursor', { anchor: caret, head: caret });
    const update = encodeAwarenessUpdate(this.#awareness, [this.#doc.clientID]);
    this.#peer.commons.presence.local(this.#id, 'pen', this.#peer.me!.member, update);
  }

  lift(): void {
    this.#peer.commons.presence.left(this.#id, 'pen');
    this.#awareness.destroy();
    this.#release();
  }
}
