import { type Comment, comments, wholeComments } from '../commons/comments';
import { clauseDiscussion } from '../commons/draft';
import { FolderNames, safeName } from '../commons/exchange/file-names';
import { withFields } from '../commons/exchange/front-matter';
import { RECORD_ENDING } from '../commons/exchange/layout';
import { type Ways, linkedBy } from '../commons/exchange/page-file';
import { MAX_DOC_BYTES } from '../commons/limits';
import { type PageNode, discussionDoc } from '../commons/pages';
import { passageThreads } from '../commons/passages/threads';
import type { AgreementVersion } from '../network/agreement/model';
import { versionInForce } from '../network/agreement/queries';
import type { Ballot, Proposal } from '../network/decisions/model';
import type { Peer } from '../peer/peer';
import type { TextRef } from '../record/text';
import type { CopyWords } from './copy-words';

/** A copy to read, of which nothing is made when it is brought back: what counts is the record itself. */
export interface RecordCopy {
  /** In a folder whose name ends so that an import leaves it alone. */
  readonly path: string;
  readonly text: string;
}

/** Beyond the year 9999 a date has other digits, and from 271821 on none. */
const MAX_TIME = Date.UTC(9_999, 11, 31);
const day = (time: number): string => new Date(Math.min(Math.max(time, 0), MAX_TIME)).toISOString().slice(0, 10);
const quoted = (text: string): string =>
  text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');

/**
 * Every version of the agreement, every decision with its ballots, and what was said about protocols, decisions and pages: for who leaves, and
 * for whoever reads without this app.
 */
export class RecordCopies {
  readonly #peer: Peer;
  readonly #pages: readonly PageNode[];
  readonly #ways: Ways;
  readonly #words: CopyWords;
  readonly #folder: string;

  constructor(peer: Peer, pages: readonly PageNode[], ways: Ways, words: CopyWords) {
    this.#peer = peer;
    this.#pages = pages;
    this.#ways = ways;
    this.#words = words;
    this.#folder = `${safeName(words.folder)}${RECORD_ENDING}`;
  }

  /** At most so many files. */
  get most(): number {
    const { versions, proposals } = this.#peer.state;
    return (
      versions.size + proposals.size + this.#pages.length + (versionInForce(this.#peer.state)?.protocols.length ?? 0)
    );
  }

  /** One file after the other; null for what there is nothing to be said of. */
  async *files(): AsyncGenerator<RecordCopy | null> {
    const { state } = this.#peer;
    for (const version of [...state.versions.values()].sort((a, b) => a.number - b.number))
      yield this.#version(version);
    const ballots = new Map<string, Ballot[]>();
    for (const ballot of state.ballots.values()) {
      if (ballot.standing !== 'counts') continue;
      const others = ballots.get(ballot.proposal);
      if (others === undefined) ballots.set(ballot.proposal, [ballot]);
      else others.push(ballot);
    }
    const names = new FolderNames();
    for (const proposal of [...state.proposals.values()].sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1))) {
      const title = this.#text(proposal.title);
      const name = names.take(`${day(proposal.time)} ${title}`, ['.md'], this.#words.untitled);
      yield {
        path: `${this.#folder}/${safeName(this.#words.decisions)}/${name}.md`,
        text: await this.#proposal(proposal, title, ballots.get(proposal.id) ?? []),
      };
    }
    const discussed = new FolderNames();
    for (const { id, title } of versionInForce(state)?.protocols ?? [])
      yield this.#discussion(clauseDiscussion(id), title, discussed);
    for (const { id, title } of this.#pages) yield this.#discussion(discussionDoc(id), title, discussed);
  }

  #version(version: AgreementVersion): RecordCopy {
    const title = `${this.#words.version} ${version.number}`;
    const path = `${this.#folder}/${safeName(title)}.md`;
    const protocols = version.protocols.flatMap(({ id, kind, title: name, text, params }) => [
      `## ${name}`,
      ...(version.suspended.includes(id) ? [`_${this.#words.suspended}_`] : []),
      this.#markdown(text, path),
      ...(Object.keys(params).length === 0
        ? []
        : [`${this.#words.parameters}:`, ['```json', JSON.stringify({ kind, params }, null, 2), '```'].join('\n')]),
    ]);
    const inForce = versionInForce(this.#peer.state)?.id === version.id;
    const about = { title, id: version.id, since: day(version.time), 'in-force': inForce };
    return { path, text: withFields(about, protocols.join('\n\n')) };
  }

  async #proposal(proposal: Proposal, title: string, ballots: readonly Ballot[]): Promise<string> {
    const { id, effect, status, time, decidedTime, by } = proposal;
    const counting = [...ballots].sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
    const said = await this.#said(discussionDoc(id));
    const parts = [
      this.#markdown(proposal.text, `${this.#folder}/${safeName(this.#words.decisions)}/_`),
      ...(counting.length === 0
        ? []
        : [`## ${this.#words.ballots}`, counting.map((ballot) => this.#ballot(ballot)).join('\n')]),
      ...(said.length === 0 ? [] : [`## ${this.#words.discussion}`, ...said]),
    ];
    const about = {
      ...{ title, id, status, proposed: day(time), by: this.#name(by), effect: effect.kind },
      ...(status === 'open' || decidedTime === undefined ? {} : { decided: day(decidedTime) }),
      ...(proposal.sealed === undefined ? {} : { seal: proposal.sealed }),
    };
    return withFields(about, parts.join('\n\n'));
  }

  #ballot({ member, choice, reason }: Ballot): string {
    const why = reason === undefined ? '' : `: ${this.#text(reason).replace(/\s+/g, ' ')}`;
    return `- ${this.#name(member)}, ${this.#words[choice]}${why}`;
  }

  async #discussion(doc: string, title: string, names: FolderNames): Promise<RecordCopy | null> {
    const said = await this.#said(doc);
    if (said.length === 0) return null;
    const name = names.take(title, ['.md'], this.#words.untitled);
    return {
      path: `${this.#folder}/${safeName(this.#words.discussions)}/${name}.md`,
      text: withFields({ title }, said.join('\n\n')),
    };
  }

  /** The comments in a document: those on the whole first, then those on each passage; empty where there are none, or it can not be read. */
  async #said(discussion: string): Promise<readonly string[]> {
    if (!this.#peer.docs.has(discussion)) return [];
    const found = await this.#peer.docs
      .glance(discussion, MAX_DOC_BYTES, (doc) =>
        comments(doc).length === 0
          ? []
          : [
              ...wholeComments(doc).map((comment) => this.#comment(comment)),
              ...passageThreads(doc).flatMap(({ anchor, comments: on, resolved }) => [
                `### “${anchor.quote.replace(/\s+/g, ' ')}”${resolved === null ? '' : ` (${this.#words.settled})`}`,
                ...on.map((comment) => this.#comment(comment)),
              ]),
            ],
      )
      .catch(() => null);
    return found ?? [];
  }

  #comment({ member, time, text }: Comment): string {
    return `**${member === null ? this.#words.nobody : this.#name(member)}**, ${day(time)}:\n\n${quoted(text)}`;
  }

  #markdown(ref: TextRef, path: string): string {
    const text = this.#peer.replica.text(ref);
    return text === null ? `_${this.#words.erased}_` : linkedBy(text, path, this.#ways);
  }

  #text(ref: TextRef): string {
    return this.#peer.replica.text(ref) ?? this.#words.erased;
  }

  #name(member: string): string {
    const ref = this.#peer.state.members.get(member)?.name;
    return ref === undefined ? this.#words.nobody : this.#text(ref);
  }
}
