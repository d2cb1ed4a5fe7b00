export { CollaborativeEditor } from './collaborative-editor';
export { DocStatus } from './doc-status';
export { HistoryDrawer } from './history-drawer';
export { PeopleHere } from './people-here';
export { randomId } from './random-id';
export { Thread } from './thread';
