import type * as Y from 'yjs';
import type { BlockNumber } from '../../shared/commons/text/change-text';
import type { OpenDoc } from '../app/docs';

export interface EditorProps {
  /** From `useDoc`, once it is `synced`. */
  readonly doc: OpenDoc;
  /** The text to edit, of that document. */
  readonly fragment: Y.XmlFragment;
  /** What this text is, for a screen reader. */
  readonly label: string;
  readonly readOnly?: boolean;
  /** Document id of the discussion of this text: its passages can be commented on. */
  readonly discussion?: string;
  /** The block that the person came to write in, or the text as such, once it can be written in; null: none. Only where passages are commented on. */
  readonly startAt?: BlockNumber | 'text' | null;
  /** What an empty text shows. */
  readonly placeholder?: string;
  /** Where the toolbar sticks, from the top of the window; under the app's header when left out. */
  readonly headerOffset?: string;
}
