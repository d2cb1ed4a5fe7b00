/** Bounds of files: everything that comes from outside is checked against one of these before it is used. */

const KIB = 1024;
const MIB = 1024 * KIB;

/** Bytes of one piece; the last of a file may be shorter. */
export const PIECE_BYTES = 256 * KIB;
/** Bytes of one file: it is read whole when it is saved. */
export const MAX_FILE_BYTES = 256 * MIB;
export const MAX_PIECES = MAX_FILE_BYTES / PIECE_BYTES;

/** Files asked about in one message. */
export const MAX_ASKED = 256;
/** Pieces that one neighbour is asked for at once. It begins with fewer, so that a slow line is not asked for more than it carries. */
export const MAX_WANTED = 16;
export const FIRST_WANTED = 4;
/** Pieces that a neighbour may ask for before the first of them has left; more are not answered. */
export const MAX_SERVED = 64;
/** Of these, pieces that are read from the disk ahead of their turn. */
export const READ_AHEAD = 4;
/** Pieces that have arrived and are not stored yet; beyond it nothing more is asked for. */
export const MAX_STORING = 64;
/** Files that a neighbour is remembered to have or to have asked about. */
export const MAX_KNOWN = 4_096;
