import * as Y from 'yjs';
import { addComment } from '../commons/comments';
import { AGREEMENT_DOC, protocolText, seedDraft } from '../commons/draft';
import { COMMONS_DOC, addPage, discussionDoc, pageDoc, pageText } from '../commons/pages';
import type { StoredUpdate } from '../commons/ports';
import { writeNodes } from '../commons/text/fragment-write';
import { parseMarkdown } from '../commons/text/parse';
import { versionInForce } from '../network/agreement/queries';
import { toHex } from '../record/bytes';
import { PROPOSALS } from './decisions';
import { DRAFT_EDIT } from './story/agreement';
import type { StoryPage } from './story/pages';
import { HOUSE_PAGES } from './story/pages-house';
import { WORK_PAGES } from './story/pages-work';
import { meetingPages } from './meetings';
import { Random } from './random';
import type { Story } from './story';
import { HOUR, MINUTE, midnight } from './time';

/** A document as it is stored: every change with who made it and when. */
export interface SampleDoc {
  readonly doc: string;
  readonly updates: readonly StoredUpdate[];
}

type MemberOf = (who: string) => string;

/** Writes documents as several members' devices did, each change by its author's own Yjs client. */
class Writer {
  readonly doc = new Y.Doc();
  readonly updates: StoredUpdate[] = [];
  readonly #clients = new Map<string, number>();
  readonly #random: Random;
  #stamp: Omit<StoredUpdate, 'bytes'> = { member: null, time: 0 };

  constructor(random: Random) {
    this.#random = random;
    this.doc.on('update', (bytes: Uint8Array) => this.updates.push({ bytes, ...this.#stamp }));
  }

  write(member: string, time: number, change: (doc: Y.Doc) => void): void {
    const client = this.#clients.get(member) ?? this.#random.next();
    this.#clients.set(member, client);
    this.doc.clientID = client;
    this.#stamp = { member, time };
    this.doc.transact(() => change(this.doc));
  }
}

/** The knowledge commons of the house: pages and their index, discussions, and the agreement's draft. */
export function writeCommons(story: Story, seed: number): readonly SampleDoc[] {
  const random = new Random(seed, 'commons');
  const pages = [...HOUSE_PAGES, ...WORK_PAGES, ...meetingPages(story)];
  return [
    ...writePages(pages, (who) => story.world.member(who), random),
    ...writeDiscussions(story, random),
    { doc: AGREEMENT_DOC, updates: writeDraft(story, random) },
  ];
}

/** The index and the text of every page; `memberOf` gives the members for the story's names. */
export function writePages(pages: readonly StoryPage[], memberOf: MemberOf, random: Random): readonly SampleDoc[] {
  const texts = pages.map((page) => ({ doc: pageDoc(page.id), updates: writePage(memberOf, random, page) }));
  return [{ doc: COMMONS_DOC, updates: writeIndex(memberOf, random, pages) }, ...texts];
}

const begun = ({ on }: StoryPage): number => midnight(on) + 19 * HOUR;

function writeIndex(memberOf: MemberOf, random: Random, pages: readonly StoryPage[]): readonly StoredUpdate[] {
  const writer = new Writer(random);
  for (const page of inOrder(pages)) {
    const { id, title, parent = null, tags = [] } = page;
    const by = memberOf(page.by);
    writer.write(by, begun(page), (doc) => addPage(doc, { id, title, parent, by, time: begun(page), tags }));
  }
  return writer.updates;
}

/** Siblings stand in the order in which the story names them, below a page that is there already. */
function inOrder(pages: readonly StoryPage[]): readonly StoryPage[] {
  const under = (parent: string | undefined): StoryPage[] =>
    pages.filter((page) => page.parent === parent).flatMap((page) => [page, ...under(page.id)]);
  return under(undefined);
}

function writePage(memberOf: MemberOf, random: Random, page: StoryPage): readonly StoredUpdate[] {
  const writer = new Writer(random);
  const append = (by: string, time: number, text: string) =>
    writer.write(memberOf(by), time, (doc) => writeNodes(pageText(doc), parseMarkdown(text)));
  // As people write: the first block when the page is made, the rest some minutes later.
  const cut = page.text.indexOf('\n\n');
  append(page.by, begun(page) + MINUTE, page.text.slice(0, cut));
  append(page.by, begun(page) + random.between(6, 35) * MINUTE, page.text.slice(cut + 2));
  for (const { by, on, text } of page.added ?? [])
    append(by, midnight(on) + random.between(8 * 60, 21 * 60) * MINUTE, text);
  return writer.updates;
}

/** What was said about each proposal before the first ballot. */
function writeDiscussions({ world, proposals }: Story, random: Random): readonly SampleDoc[] {
  return PROPOSALS.flatMap(({ id, talk = [] }) => {
    const proposal = world.state().proposals.get(proposals.get(id)!);
    if (proposal === undefined || talk.length === 0) return [];
    const writer = new Writer(random);
    let time = proposal.time;
    for (const [who, text] of talk) {
      time += random.between(9, 180) * MINUTE;
      const comment = { id: toHex(random.bytes(16)), member: world.member(who), time, text };
      writer.write(comment.member, time, (doc) => addComment(doc, comment));
    }
    return [{ doc: discussionDoc(proposal.id), updates: writer.updates }];
  });
}

/** The agreement's working draft: the version in force, and what someone would like to change next. */
function writeDraft({ world }: Story, random: Random): readonly StoredUpdate[] {
  const { by, on, protocol, text } = DRAFT_EDIT;
  const [member, time] = [world.member(by), midnight(on) + 20 * HOUR];
  const writer = new Writer(random);
  writer.write(member, time, (doc) => seedDraft(doc, versionInForce(world.state())!, (spec) => world.text(spec.text)));
  writer.write(member, time + 7 * MINUTE, (doc) => writeNodes(protocolText(doc, protocol), parseMarkdown(text)));
  return writer.updates;
}
