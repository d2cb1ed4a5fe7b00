import { type Mention, mentionOf } from '../../../../shared/commons/text/schema';
import { markdownOf } from '../../../../shared/commons/text/write';
import { useMentionedPage, useMentionedRow } from '../../../ui/mention/mentioned';

/** What a proposal is to be about, by which it is found from there again. */
export interface About {
  readonly mention: Mention;
  readonly label: string;
  /** The mention as the proposal's text has it. */
  readonly markdown: string;
}

const NOTHING: Mention = { kind: 'page', id: '' };

/** What `?about=page/<id>` or `?about=protocol/<id>` names; null where it names nothing that is known here. */
export function useAbout(search: string): About | null {
  const [kind, id] = (new URLSearchParams(search).get('about') ?? '').split('/');
  const mention = mentionOf(kind, id) ?? NOTHING;
  const page = useMentionedPage(mention.kind === 'page' ? mention.id : '');
  const row = useMentionedRow(mention);
  const found = mention.kind === 'page' ? page : row;
  if (found === null) return null;
  const label = found.name ?? '';
  const markdown = markdownOf([{ type: 'paragraph', spans: [{ text: label, marks: {}, mention }] }]);
  return { mention, label, markdown };
}
