import type * as Y from 'yjs';
import { attachments } from '../commons/attachments';
import { comments } from '../commons/comments';
import { AGREEMENT_DOC, clauseDiscussed, clauseDiscussion, draftProtocols, protocolText } from '../commons/draft';
import type { LinkIndex } from '../commons/links/link-index';
import { NO_LINKS, linksIn, linksInMarkdown } from '../commons/links/links';
import { COMMONS_DOC, type Page, allPages, discussionDoc, pageDoc, pageText } from '../commons/pages';
import type { Subject } from '../commons/search/answer';
import type { SearchKind } from '../commons/search/model';
import { plainText } from '../commons/search/plain-text';
import {
  type Searchable,
  keyOf,
  partsOf,
  protocolsInForce,
  recordMarkdown,
  recordText,
} from '../commons/search/record-texts';
import type { TextIndex } from '../commons/search/text-index';
import { readNodes } from '../commons/text/fragment';
import type { Peer } from '../peer/peer';

/** Bytes of a document's changes that are read; with more, a page is found by its title. */
const MAX_BYTES = 8 * 1024 * 1024;

/** What is read at a step that is no one text: the tree of pages, the protocols in force, the draft. */
export const [TREE, AGREEMENT, DRAFT] = ['tree', 'agreement', 'draft'] as const;

/** A page's title alone. */
const TITLE = 'title:';

/** What another step is to read: now, or when its turn comes. */
export interface Next {
  readonly now: (keys: readonly string[]) => void;
  readonly later: (doc: string) => void;
}

/** Puts the texts of one network into its index, and what they link to into that of the links, each as it stands now. */
export class SearchTexts {
  readonly #peer: Peer;
  readonly #index: TextIndex<SearchKind>;
  readonly #links: LinkIndex;
  readonly #next: Next;
  /** Deleted ones too. */
  #pages: ReadonlyMap<string, Page> = new Map();
  /** Titles of the protocols that can be discussed, by their ids: of the draft, and in force. */
  #clauses: ReadonlyMap<string, string> = new Map();
  /** Documents that could not be read, or are too large. */
  readonly #unread = new Set<string>();

  constructor(peer: Peer, index: TextIndex<SearchKind>, links: LinkIndex, next: Next) {
    this.#peer = peer;
    this.#index = index;
    this.#links = links;
    this.#next = next;
  }

  get unread(): number {
    return this.#unread.size;
  }

  /** The step by which a document is read; undefined for one that nobody searches. */
  stepOf(doc: string): string | undefined {
    if (doc === COMMONS_DOC) return TREE;
    if (doc === AGREEMENT_DOC) return DRAFT;
    const { kind } = partsOf(doc);
    return kind === 'page' || kind === 'discussion' ? doc : undefined;
  }

  async read(key: string): Promise<void> {
    if (key === TREE) return this.#readTree();
    if (key === DRAFT) return this.#readDraft();
    if (key === AGREEMENT) return this.#readAgreement();
    if (key.startsWith(TITLE)) return this.#readTitle(key.slice(TITLE.length));
    const { kind, id } = partsOf(key);
    if (kind === 'page') return this.#readPage(id);
    if (kind === 'discussion') return this.#readDiscussion(id);
    this.#put(key, recordText(this.#peer.state, key, this.#textOf));
    this.#links.put(key, linksInMarkdown(recordMarkdown(this.#peer.state, key, this.#textOf)));
    if (kind === 'proposal') this.#next.later(discussionDoc(id));
  }

  /** What was read of it is known no more. */
  drop(key: string): void {
    this.#index.drop(key);
    this.#links.drop(key);
  }

  /** What is discussed under an id. */
  readonly subject: Subject = (id) => {
    const page = this.#pages.get(id);
    if (page !== undefined) return { about: 'page', id, title: page.title };
    const clause = clauseDiscussed(id);
    const title = clause === undefined ? undefined : this.#clauses.get(clause);
    if (clause !== undefined && title !== undefined) return { about: 'clause', id: clause, title };
    const proposal = this.#peer.state.proposals.get(id);
    return proposal && { about: 'proposal', id, title: this.#textOf(proposal.title) ?? '' };
  };

  readonly #textOf = (ref: Parameters<Peer['replica']['text']>[0]): string | null => this.#peer.replica.text(ref);

  #put(key: string, found: Searchable | undefined): void {
    if (found === undefined || (found.title === '' && found.text === '')) this.drop(key);
    else this.#index.put(found);
  }

  /** Titles come before texts: they are in one document, and most of what is looked for is a page by its title. */
  async #readTree(): Promise<void> {
    const pages = await this.#look(COMMONS_DOC, allPages);
    if (pages === undefined) return;
    const before = this.#pages;
    this.#pages = pages;
    const steps: string[] = [];
    for (const { id, title, deleted, tags } of pages.values()) {
      const known = before.get(id);
      // Tags stand in one text with the page's own.
      const tagged = known !== undefined && known.tags.join() !== tags.join();
      if (tagged) steps.push(pageDoc(id));
      else if (known?.title !== title || known.deleted !== deleted) steps.push(TITLE + id);
      if (known === undefined) for (const doc of [pageDoc(id), discussionDoc(id)]) this.#next.later(doc);
    }
    this.#next.now(steps);
    for (const id of before.keys())
      if (!pages.has(id)) for (const kind of ['page', 'discussion'] as const) this.drop(keyOf(kind, id));
  }

  #readTitle(id: string): void {
    this.#putPage(id, this.#index.get(keyOf('page', id))?.text ?? this.#tagsOf(id));
  }

  async #readPage(id: string): Promise<void> {
    if (!this.#pages.has(id)) return;
    const read = await this.#look(pageDoc(id), (doc) => {
      const nodes = readNodes(pageText(doc));
      const text = [plainText(nodes), ...attachments(doc).map(({ name }) => name)].join('\n');
      return { text, links: linksIn(nodes) };
    });
    this.#putPage(id, [read?.text ?? '', this.#tagsOf(id)].filter((part) => part !== '').join('\n'));
    this.#links.put(keyOf('page', id), read?.links ?? NO_LINKS);
  }

  #tagsOf(id: string): string {
    return (this.#pages.get(id)?.tags ?? []).map((tag) => `#${tag}`).join(' ');
  }

  #putPage(id: string, text: string): void {
    const page = this.#pages.get(id);
    const key = keyOf('page', id);
    this.#put(key, page && { key, kind: 'page', title: page.title, text, gone: page.deleted });
  }

  async #readDiscussion(id: string): Promise<void> {
    if (this.subject(id) === undefined) return;
    const key = keyOf('discussion', id);
    const text = await this.#look(discussionDoc(id), (doc) =>
      comments(doc)
        .map((comment) => comment.text)
        .join('\n'),
    );
    this.#put(key, { key, kind: 'discussion', title: '', text: text ?? '', gone: false });
  }

  #readAgreement(): void {
    const keys = protocolsInForce(this.#peer.state).map(({ id }) => keyOf('agreement', id));
    this.#dropOthers('agreement', keys);
    this.#next.now(keys);
  }

  /** Of the draft what it changes: the rest is found as what is in force. */
  async #readDraft(): Promise<void> {
    const drafted = await this.#look(AGREEMENT_DOC, (doc) =>
      draftProtocols(doc).map(({ id, title }) => {
        const nodes = readNodes(protocolText(doc, id));
        return { id, title, text: plainText(nodes), links: linksIn(nodes) };
      }),
    );
    const { state } = this.#peer;
    this.#readClauses([...protocolsInForce(state), ...(drafted ?? [])]);
    const changed = (drafted ?? []).filter(({ id, title, text }) => {
      const inForce = recordText(state, keyOf('agreement', id), this.#textOf);
      return inForce?.title !== title || inForce.text !== text;
    });
    const keys = changed.map(({ id }) => keyOf('draft', id));
    this.#dropOthers('draft', keys);
    for (const { id, title, text, links } of changed) {
      this.#put(keyOf('draft', id), { key: keyOf('draft', id), kind: 'draft', title, text, gone: false });
      this.#links.put(keyOf('draft', id), links);
    }
  }

  /** What is said about protocols; those that are in the draft and in force go by the draft's title. */
  #readClauses(protocols: readonly { readonly id: string; readonly title: string }[]): void {
    const before = this.#clauses;
    this.#clauses = new Map(protocols.map(({ id, title }) => [id, title]));
    for (const id of this.#clauses.keys()) if (!before.has(id)) this.#next.later(clauseDiscussion(id));
    for (const id of before.keys()) if (!this.#clauses.has(id)) this.drop(clauseDiscussion(id));
  }

  #dropOthers(kind: SearchKind, keep: readonly string[]): void {
    const gone = [...this.#index.keys()].filter((key) => partsOf(key).kind === kind && !keep.includes(key));
    for (const key of gone) this.drop(key);
  }

  /** What there is in a document; undefined where it can not be read, or is too large to be read beside all else. */
  async #look<T>(doc: string, read: (doc: Y.Doc) => T): Promise<T | undefined> {
    try {
      const found = await this.#peer.docs.glance(doc, MAX_BYTES, read);
      if (found === null) this.#unread.add(doc);
      else this.#unread.delete(doc);
      return found ?? undefined;
    } catch {
      // The store's own trouble is told elsewhere; the rest can still be searched.
      this.#unread.add(doc);
      return undefined;
    }
  }
}
