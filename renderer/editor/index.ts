export { CollaborativeEditor } from './collaborative-editor';
export { DocStatus } from './doc-status';
export { type DocHistory, useDocHistory } from './history';
export { HistoryDrawer, useCanonical } from './history-drawer';
export { useNameOf } from './member-names';
export { PeopleHere } from './people-here';
export { randomId } from './random-id';
export { TextChangesView } from './text-changes-view';
export { Thread } from './thread';
