import type { EditorView } from '@tiptap/pm/view';
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
} from '@tiptap/y-tiptap';
import { useCallback, useMemo, useRef, useState } from 'react';
import type * as Y from 'yjs';
import { labelText } from '../../../shared/commons/text/schema';
import { useAttach } from '../../app/attachments';
import { isPicture } from '../../../shared/files/picture-types';
import { blockPlace } from './file-place';
import { writeBelow } from './write-below';

export interface FileTools {
  /** Attaches files to the document and puts them into the text, at a position or at the caret. */
  readonly add: (view: EditorView, files: readonly File[], at?: number) => void;
  /** Asks for a file of this device, to put it in at the caret. */
  readonly pick: (kind: 'image' | 'file') => void;
}

export interface FileState {
  readonly tools: FileTools;
  /** Names of the files that are being read. */
  readonly reading: readonly string[];
  readonly error: unknown;
  /** What the person is asked for a file with. */
  readonly input: React.RefObject<HTMLInputElement | null>;
}

/** Takes files of this device into a document's text. */
export function useFileTools(doc: Y.Doc): FileState {
  const attach = useAttach(doc);
  const [reading, setReading] = useState<readonly string[]>([]);
  const [error, setError] = useState<unknown>();
  const input = useRef<HTMLInputElement>(null);
  const add = useCallback(
    (view: EditorView, files: readonly File[], at?: number): void => {
      // Others may write while it is read: the place is kept by what stands there.
      const place = keepPlace(view, at ?? view.state.selection.from);
      setError(undefined);
      const take = async (): Promise<void> => {
        for (const chosen of files) {
          setReading((names) => [...names, chosen.name]);
          try {
            const { name, type } = chosen;
            const file = await attach(chosen);
            if (!view.isDestroyed) insert(view, place(), { file, name, picture: isPicture(type) });
          } catch (failure) {
            setError(failure);
          } finally {
            setReading((names) => names.toSpliced(names.indexOf(chosen.name), 1));
          }
        }
      };
      void take();
    },
    [attach],
  );
  const tools = useMemo(
    (): FileTools => ({
      add,
      pick: (kind) => {
        if (input.current === null) return;
        input.current.accept = kind === 'image' ? 'image/*' : '';
        input.current.click();
      },
    }),
    [add],
  );
  return { tools, reading, error, input };
}

function insert(
  view: EditorView,
  at: number,
  { file, name, picture }: { file: string; name: string; picture: boolean },
): void {
  const { state } = view;
  const type = state.schema.nodes[picture ? 'image' : 'file']!;
  const node = type.create(picture ? { file, alt: '' } : { file, name: labelText(name) });
  const { from, to } = blockPlace(state.doc, at, type);
  const transaction = state.tr.replaceWith(from, to, node);
  // Whoever puts it in goes on writing below it.
  view.dispatch(writeBelow(transaction, from + node.nodeSize));
}

/** Remembers a position through what others write meanwhile. */
function keepPlace(view: EditorView, at: number): () => number {
  interface Sync {
    readonly doc: Y.Doc;
    readonly type: Y.XmlFragment;
    readonly binding: { readonly mapping: Parameters<typeof absolutePositionToRelativePosition>[2] };
  }
  const sync = (): Sync => ySyncPluginKey.getState(view.state) as Sync;
  const { type, binding } = sync();
  const relative: unknown = absolutePositionToRelativePosition(at, type, binding.mapping);
  return () => {
    const now = sync();
    return (
      relativePositionToAbsolutePosition(now.doc, now.type, relative, now.binding.mapping) ??
      view.state.doc.content.size
    );
  };
}
