export { CollaborativeEditor } from './collaborative-editor';
export { CommentedText } from './margin/commented-text';
export { Diverged } from './diverged/diverged';
export { DocStatus } from './doc-status';
export { HistoryDrawer } from './history/history-drawer';
export { PeopleHere } from './people-here';
export { randomId } from './random-id';
export { Thread } from './thread';
