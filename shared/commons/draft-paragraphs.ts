import { sha256 } from '@noble/hashes/sha2.js';
import type * as Y from 'yjs';
import { toHex, utf8 } from '../record/bytes';
import { keptBy, keptWords, setKept } from './draft-changes';
import { align } from './text/align';
import { type BlockNumber, blockNumbers, changeOneBlock } from './text/change-text';
import { parseMarkdown } from './text/parse';
import { markdownOf } from './text/write';

/** A block of the first level of a protocol's text, as it is in force and as the draft has it. */
export interface Paragraph {
  /** Names what changed, by its words; null: nothing did. Of two alike the second has another. */
  readonly mark: string | null;
  /** Canonical Markdown; null: it is not in that one. */
  readonly before: string | null;
  readonly now: string | null;
  /** In the draft; null where it is not. */
  readonly block: BlockNumber | null;
  /** The one before it in the draft; null: it is the first. */
  readonly after: BlockNumber | null;
}

/** A protocol's text in the draft beside the canonical Markdown that is in force, in order; empty blocks are left out. */
export function paragraphsOf(fragment: Y.XmlFragment, inForce: string): readonly Paragraph[] {
  // A paragraph can become a heading: what is alike stands together, whatever kind it is.
  const olds = parseMarkdown(inForce).map((node) => ({ key: markdownOf([node]), kind: '' }));
  const news = blockNumbers(fragment).map(({ block, text }) => ({ key: text, kind: '', block }));
  const isSome = ({ key }: { readonly key: string }): boolean => key !== '';
  const times = new Map<string, number>();
  let after: BlockNumber | null = null;
  return align(olds.filter(isSome), news.filter(isSome)).map(({ old, now, same }) => {
    const [before, words] = [old?.key ?? null, now?.key ?? null];
    const name = same ? null : nameOf(before, words);
    const time = name === null ? 0 : (times.get(name) ?? 0) + 1;
    if (name !== null) times.set(name, time);
    const paragraph = {
      mark: name === null || time === 1 ? name : `${name}-${time}`,
      before,
      now: words,
      block: now?.block ?? null,
      after,
    };
    after = now?.block ?? after;
    return paragraph;
  });
}

const nameOf = (before: string | null, now: string | null): string =>
  toHex(sha256(utf8(JSON.stringify([before, now]))).subarray(0, 16));

/** Makes one paragraph say again what is in force. False: the draft has no such change any more. */
export function putParagraphBack(fragment: Y.XmlFragment, inForce: string, mark: string): boolean {
  const found = paragraphsOf(fragment, inForce).find((paragraph) => paragraph.mark === mark);
  if (found === undefined) return false;
  changeOneBlock(fragment, found.block, found.after, found.before);
  return true;
}

/** Who said of a paragraph's change that it is to stay as it is. */
export interface KeptParagraph {
  readonly protocol: string;
  readonly member: string;
  readonly mark: string;
}

/** The changes of paragraphs that members accept; those that the draft does not have any more say nothing. */
export function keptParagraphs(doc: Y.Doc): readonly KeptParagraph[] {
  const found = keptWords(doc).flatMap(({ protocol, member, paragraph, value }) =>
    paragraph !== undefined && value === 'kept' ? [{ protocol, member, mark: paragraph }] : [],
  );
  return found.sort((a, b) => (keptBy(a.member, a.mark) < keptBy(b.member, b.mark) ? -1 : 1));
}

/**
 * Says that a paragraph is to stay as the draft has it now, or takes that back. `marks`: all changes that the protocol's text has; what the
 * member said of others is cleared away.
 */
export function keepParagraph(doc: Y.Doc, kept: KeptParagraph, keep: boolean, marks: readonly string[]): void {
  const { protocol, member, mark } = kept;
  doc.transact(() => {
    for (const other of keptParagraphs(doc))
      if (other.protocol === protocol && other.member === member && !marks.includes(other.mark))
        setKept(doc, keptBy(protocol, member, other.mark), null);
    setKept(doc, keptBy(protocol, member, mark), keep ? 'kept' : null);
  });
}
