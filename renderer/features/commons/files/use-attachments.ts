import { useEffect, useState } from 'react';
import type * as Y from 'yjs';
import { type Attachment, attachments } from '../../../../shared/commons/attachments';

/** The files that a document names, on as they change. */
export function useAttachments(doc: Y.Doc): readonly Attachment[] {
  const [shown, setShown] = useState<readonly Attachment[]>([]);
  useEffect(() => {
    const files = doc.getMap('files');
    const read = () => setShown(attachments(doc));
    read();
    files.observeDeep(read);
    return () => files.unobserveDeep(read);
  }, [doc]);
  return shown;
}
