import { type Parameters, type ProtocolKind, type ProtocolSpec, parametersOf } from '../network/agreement/model';
import { type AgreementProblem, agreementProblems } from '../network/agreement/problems';
import { type Preset, type TemplateProtocol, templateProtocols } from '../network/agreement/templates';
import { parseMarkdown } from '../commons/text/parse';
import { markdownOf } from '../commons/text/write';
import type { FoundingPayloads } from '../network/founding/model';
import type { Draft } from '../record/text';
import type { Translate } from '../words/translate';

export const MAX_NAME = 120;
export const MAX_PURPOSE = 4_000;
export const MAX_TITLE = 120;
export const MAX_DEVICE = 40;

/** A protocol as the founder has it before them. Title and text are null until they are edited: the template's words then. */
export interface DraftProtocol {
  readonly id: string;
  readonly kind: ProtocolKind;
  readonly titleKey: string;
  readonly textKey: string;
  readonly title: string | null;
  readonly text: string | null;
  readonly params: Parameters;
  /** Left out when false. */
  readonly on: boolean;
}

export interface FoundingDraft {
  readonly name: string;
  readonly purpose: string;
  readonly unit: string;
  readonly preset: Preset;
  /** One set for each preset, so that trying another loses nothing. */
  readonly sets: Readonly<Record<Preset, readonly DraftProtocol[]>>;
  readonly you: string;
  readonly type: string;
  readonly device: string;
}

/** `t` of the namespace `templates`: the labels of types and classes are written in the founder's language. */
export function newDraft(t: Translate, unit: string, device: string): FoundingDraft {
  const sets = eachPreset((preset) => setOf(preset, t, unit));
  const draft = { name: '', purpose: '', unit, preset: 'house' as const, sets, you: '', type: '', device };
  return { ...draft, type: membershipTypes(draft)[0]?.id ?? '' };
}

function eachPreset(make: (preset: Preset) => readonly DraftProtocol[]): FoundingDraft['sets'] {
  return {
    house: make('house'),
    workshop: make('workshop'),
    boat: make('boat'),
    land: make('land'),
    circle: make('circle'),
  };
}

function setOf(preset: Preset, t: Translate, unit: string): readonly DraftProtocol[] {
  return templateProtocols(preset).map((template) => ({
    ...template,
    title: null,
    text: null,
    params: inUnit(template.kind, inWords(template, t), unit),
    on: true,
  }));
}

function inWords(template: TemplateProtocol, t: Translate): Parameters {
  const relabel = <T extends { readonly id: string; readonly label: string }>(rows: readonly T[], group: string) =>
    rows.map((row) => ({ ...row, label: t(`labels.${group}.${row.id}`, { defaultValue: row.label }) }));
  if (template.kind === 'membership') return { types: relabel(template.params.types, 'types') };
  if (template.kind === 'decisions')
    return { ...template.params, classes: relabel(template.params.classes, 'classes') };
  return template.params;
}

function inUnit(kind: ProtocolKind, params: Parameters, unit: string): Parameters {
  if (kind === 'spending') return { ...(params as Parameters<'spending'>), unit };
  if (kind !== 'contributions') return params;
  const { dues } = params as Parameters<'contributions'>;
  return { dues: dues.map((due) => (due.unit === 'hour' ? due : { ...due, unit })) };
}

export function withUnit(draft: FoundingDraft, unit: string): FoundingDraft {
  const change = (set: readonly DraftProtocol[]) =>
    set.map((protocol) => ({ ...protocol, params: inUnit(protocol.kind, protocol.params, unit) }));
  return { ...draft, unit, sets: eachPreset((preset) => change(draft.sets[preset])) };
}

export function withPreset(draft: FoundingDraft, preset: Preset): FoundingDraft {
  return withValidType({ ...draft, preset });
}

export function withProtocol(draft: FoundingDraft, id: string, change: Partial<DraftProtocol>): FoundingDraft {
  const set = draft.sets[draft.preset].map((protocol) => (protocol.id === id ? { ...protocol, ...change } : protocol));
  return withValidType({ ...draft, sets: { ...draft.sets, [draft.preset]: set } });
}

/** The founder's type must be one that the set in hand has. */
function withValidType(draft: FoundingDraft): FoundingDraft {
  const types = membershipTypes(draft);
  return types.some((type) => type.id === draft.type) ? draft : { ...draft, type: types[0]?.id ?? '' };
}

export function protocolsOf(draft: FoundingDraft): readonly DraftProtocol[] {
  return draft.sets[draft.preset];
}

export function membershipTypes(draft: Pick<FoundingDraft, 'sets' | 'preset'>): Parameters<'membership'>['types'] {
  const membership = draft.sets[draft.preset].find((protocol) => protocol.kind === 'membership');
  return (membership?.params as Parameters<'membership'> | undefined)?.types ?? [];
}

export function titleOf(protocol: DraftProtocol, t: Translate): string {
  return protocol.title ?? t(protocol.titleKey);
}

/** The protocols that are chosen, under the titles that they will have. */
export function titledProtocols(draft: FoundingDraft, t: Translate) {
  return protocolsOf(draft)
    .filter((protocol) => protocol.on)
    .map((protocol) => ({ ...protocol, title: titleOf(protocol, t) }));
}

/** The protocol of purpose repeats the purpose that the founder wrote, until its text is edited. */
export function textOf(protocol: DraftProtocol, purpose: string, t: Translate): string {
  return protocol.text ?? t(protocol.textKey, { purpose: purpose.trim() });
}

export const STEPS = ['purpose', 'members', 'protocols', 'you', 'review'] as const;
export type Step = (typeof STEPS)[number];

/** What keeps a step from being done: a word of the namespace `founding`, or a problem of the agreement. */
export type Problem =
  | { readonly field: 'name' | 'purpose' | 'you' | 'type' | 'device' }
  | { readonly protocol: string; readonly kind: ProtocolKind }
  | { readonly agreement: AgreementProblem };

export function problemsOf(draft: FoundingDraft, step: Step): readonly Problem[] {
  const empty = (...fields: ('name' | 'purpose' | 'you' | 'type' | 'device')[]): readonly Problem[] =>
    fields.filter((field) => draft[field].trim() === '').map((field) => ({ field }));
  const chosen = protocolsOf(draft).filter((protocol) => protocol.on);
  const broken = (kinds: (kind: ProtocolKind) => boolean): readonly Problem[] => [
    ...chosen
      .filter(
        (protocol) =>
          kinds(protocol.kind) &&
          (!parametersOf(protocol.kind)(protocol.params) || hasEmptyLabel(protocol) || protocol.title?.trim() === ''),
      )
      .map(({ id, kind }) => ({ protocol: id, kind })),
    ...agreementProblems(chosen)
      .filter((problem) => kinds(problem.kind))
      .map((agreement) => ({ agreement })),
  ];
  switch (step) {
    case 'purpose':
      return empty('name', 'purpose');
    case 'members':
      return broken((kind) => kind === 'membership');
    case 'protocols':
      return broken((kind) => kind !== 'membership');
    case 'you':
      return empty('you', 'type', 'device');
    case 'review':
      return STEPS.slice(0, -1).flatMap((each) => problemsOf(draft, each));
  }
}

/** As the shared draft will write it later, so that a text nobody touched is equal to what was founded. */
const canonical = (text: string): string => markdownOf(parseMarkdown(text));

/** Blank labels have the right shape and still say nothing. */
function hasEmptyLabel({ kind, params }: DraftProtocol): boolean {
  const blank = (rows: readonly { readonly label: string }[]) => rows.some((row) => row.label.trim() === '');
  if (kind === 'membership') return blank((params as Parameters<'membership'>).types);
  return kind === 'decisions' && blank((params as Parameters<'decisions'>).classes);
}

/** What the founder signs. */
export function foundingPayload(draft: FoundingDraft, t: Translate): Draft<FoundingPayloads['network.found']> {
  const protocols = protocolsOf(draft)
    .filter((protocol) => protocol.on)
    .map((protocol) => ({
      id: protocol.id,
      kind: protocol.kind,
      title: titleOf(protocol, t).trim(),
      text: { text: canonical(textOf(protocol, draft.purpose, t)) },
      params: protocol.params,
    }));
  return {
    name: { text: draft.name.trim() },
    purpose: { text: draft.purpose.trim() },
    unit: draft.unit,
    // Each row pairs its kind with parameters of that kind, which the rows' type can not express.
    protocols: protocols as readonly Draft<ProtocolSpec>[],
    founder: { name: { text: draft.you.trim() }, type: draft.type, device: draft.device.trim() },
  };
}
