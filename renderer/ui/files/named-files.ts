import { createContext } from 'react';
import type { Attachment } from '../../../shared/commons/attachments';

/** The files that the document around a text names, by id; null where no document is around it. */
export const NamedFiles = createContext<ReadonlyMap<string, Attachment> | null>(null);
