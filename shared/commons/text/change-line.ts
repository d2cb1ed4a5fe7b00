import { diffWordsWithSpace } from 'diff';
import * as Y from 'yjs';
import { align } from './align';
import { type Delta, type XmlNode, marksOf } from './fragment';
import { type Inline, type Words, inlineElement, inlineOf } from './fragment-write';
import type { Span } from './schema';

/** Milliseconds that a comparison of words may take; then the whole is another one. */
const PATIENCE = 500;

/** Makes a line of text say what the spans say by changing only what differs. */
export function changeLine(line: Y.XmlElement, spans: readonly Span[]): void {
  const olds = (line.toArray() as XmlNode[]).map((child, index) => ({
    child,
    index,
    ...(child instanceof Y.XmlText ? WORDS : { key: thingKey(child), kind: 'thing' }),
  }));
  const news = inlineOf(spans).map((value) => ({
    value,
    ...('words' in value ? WORDS : { key: newThingKey(value), kind: 'thing' }),
  }));
  let at = line.length;
  for (const { old, now } of align(olds, news).toReversed()) {
    if (old !== undefined) at = old.index;
    if (old?.child instanceof Y.XmlText && now !== undefined && 'words' in now.value)
      changeWords(old.child, now.value.words);
    else if (old === undefined || now === undefined || old.key !== now.key) {
      if (old !== undefined) line.delete(at, 1);
      if (now !== undefined) line.insert(at, [inlineElement(now.value)]);
    }
  }
}

/** Any words can become any others. */
const WORDS = { key: 'words', kind: 'words' };

const thingKey = (child: XmlNode): string =>
  child instanceof Y.XmlElement
    ? JSON.stringify([child.nodeName, ...['kind', 'id', 'label'].map((name) => child.getAttribute(name) as unknown)])
    : '';

function newThingKey(inline: Inline): string {
  if (!('thing' in inline)) return '';
  const { kind, id, label } = inline.attributes;
  return JSON.stringify([inline.thing, kind, id, label]);
}

/** Makes a text these words with their marks. */
export function changeWords(text: Y.XmlText, words: readonly Words[]): void {
  const before = runsOf(text.toDelta() as readonly Delta[]);
  const after = runsOf(words);
  const [old, now] = [before, after].map((runs) => runs.map((run) => run.text).join('')) as [string, string];
  const steps: Step[] = [];
  const [gone, come] = [new Walk(before), new Walk(after)];
  for (const { removed, added, value } of partsOf(old, now)) {
    if (removed) {
      gone.take(value.length);
      steps.push({ delete: value.length });
    } else if (added) {
      for (const { text: insert, attributes } of come.take(value.length)) steps.push({ insert, attributes });
    } else steps.push(...kept(gone.take(value.length), come.take(value.length)));
  }
  if (steps.some((step) => !('retain' in step) || step.attributes !== undefined)) text.applyDelta(steps);
}

type Attributes = Readonly<Record<string, unknown>>;
type Step =
  | { readonly retain: number; readonly attributes?: Attributes }
  | { readonly delete: number }
  | { readonly insert: string; readonly attributes: Attributes };

interface Run {
  readonly text: string;
  readonly attributes: Attributes;
}

const runsOf = (deltas: readonly Delta[]): readonly Run[] =>
  deltas.map(({ insert, attributes }) => ({
    // What is no text counts as one character, as it does in Yjs.
    text: typeof insert === 'string' ? insert : '\ufffc',
    attributes: attributes ?? {},
  }));

function partsOf(old: string, now: string) {
  const parts = diffWordsWithSpace(old, now, { timeout: PATIENCE });
  return (
    parts ?? [
      { removed: true, added: false, value: old },
      { removed: false, added: true, value: now },
    ]
  ).filter(({ value }) => value !== '');
}

/** Goes through runs by so many characters at a time. */
class Walk {
  readonly #runs: Run[];

  constructor(runs: readonly Run[]) {
    this.#runs = runs.filter(({ text }) => text !== '').toReversed();
  }

  /** Characters of the run that comes next; 0 at the end. */
  get next(): number {
    return this.#runs.at(-1)?.text.length ?? 0;
  }

  take(count: number): readonly Run[] {
    const taken: Run[] = [];
    for (let left = count; left > 0;) {
      const run = this.#runs.pop();
      if (run === undefined) break;
      const { text, attributes } = run;
      if (text.length > left) this.#runs.push({ text: text.slice(left), attributes });
      taken.push({ text: text.slice(0, left), attributes });
      left -= Math.min(left, text.length);
    }
    return taken;
  }
}

/** The same characters: their marks change where they differ. */
function kept(before: readonly Run[], after: readonly Run[]): readonly Step[] {
  const steps: Step[] = [];
  const [olds, news] = [new Walk(before), new Walk(after)];
  for (let size = 1; size > 0;) {
    size = Math.min(olds.next, news.next);
    const [old] = olds.take(size);
    const [now] = news.take(size);
    if (old === undefined || now === undefined) break;
    const same = JSON.stringify(marksOf(old.attributes)) === JSON.stringify(marksOf(now.attributes));
    const gone = Object.keys(old.attributes).map((name) => [name, null] as const);
    const attributes = same ? undefined : { ...Object.fromEntries(gone), ...now.attributes };
    const last = steps.at(-1);
    if (last !== undefined && 'retain' in last && JSON.stringify(last.attributes) === JSON.stringify(attributes))
      steps[steps.length - 1] = { ...last, retain: last.retain + size };
    else steps.push({ retain: size, ...(attributes === undefined ? {} : { attributes }) });
  }
  return steps;
}
