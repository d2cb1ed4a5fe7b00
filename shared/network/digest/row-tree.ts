import { sha256 } from '@noble/hashes/sha2.js';
import { concat } from '../../record/bytes';

/** Bytes of a leaf. */
export const LEAF_BYTES = 32;
/** Leaves that a bucket holds before it is split by the next four bits. */
const BUCKET_LEAVES = 16;
const BRANCHES = 16;
const BUCKET_TAG = Uint8Array.of(0);
const BRANCH_TAG = Uint8Array.of(1);
const NONE = new Uint8Array(LEAF_BYTES);

interface Bucket {
  /** Leaves one after the other, ascending. */
  leaves: Uint8Array;
  digest: Uint8Array | null;
}
interface Branch {
  readonly children: (Node | null)[];
  size: number;
  digest: Uint8Array | null;
}
type Node = Bucket | Branch;

/**
 * A set of 32-byte hashes and a hash of the whole set, in which a change costs the way to its leaf. The shape follows from the set alone,
 * whatever was put in and taken out before: what begins with the same bits is one bucket while it is at most 16 leaves, and else 16 nodes.
 */
export class RowTree {
  #root: Node = { leaves: new Uint8Array(), digest: null };

  /** Puts in a leaf that is not there. */
  add(leaf: Uint8Array): void {
    this.#root = added(this.#root, leaf, 0);
  }

  /** Takes out a leaf that is there. */
  remove(leaf: Uint8Array): void {
    this.#root = removed(this.#root, leaf, 0);
  }

  /** SHA-256 over 0 and the leaves of a bucket, or over 1 and the 16 digests below a branch, zeros where there is nothing. */
  get digest(): Uint8Array {
    return digestOf(this.#root);
  }
}

function isBucket(node: Node): node is Bucket {
  return 'leaves' in node;
}

function sizeOf(node: Node): number {
  return isBucket(node) ? node.leaves.length / LEAF_BYTES : node.size;
}

function nibble(leaf: Uint8Array, depth: number): number {
  const byte = leaf[depth >>> 1]!;
  return depth % 2 === 0 ? byte >>> 4 : byte & 15;
}

function added(node: Node, leaf: Uint8Array, depth: number): Node {
  if (isBucket(node) && sizeOf(node) < BUCKET_LEAVES) {
    const at = placeIn(node.leaves, leaf) * LEAF_BYTES;
    node.leaves = concat(node.leaves.subarray(0, at), leaf, node.leaves.subarray(at));
    node.digest = null;
    return node;
  }
  const branch = isBucket(node) ? split(node, depth) : node;
  const at = nibble(leaf, depth);
  branch.children[at] = added(branch.children[at] ?? { leaves: new Uint8Array(), digest: null }, leaf, depth + 1);
  branch.size += 1;
  branch.digest = null;
  return branch;
}

function removed(node: Node, leaf: Uint8Array, depth: number): Node {
  node.digest = null;
  if (isBucket(node)) {
    const at = placeIn(node.leaves, leaf) * LEAF_BYTES;
    node.leaves = concat(node.leaves.subarray(0, at), node.leaves.subarray(at + LEAF_BYTES));
    return node;
  }
  const at = nibble(leaf, depth);
  const child = removed(node.children[at]!, leaf, depth + 1);
  node.children[at] = sizeOf(child) === 0 ? null : child;
  node.size -= 1;
  return node.size > BUCKET_LEAVES ? node : { leaves: concat(...leavesOf(node)), digest: null };
}

function split(bucket: Bucket, depth: number): Branch {
  const branch: Branch = { children: Array.from({ length: BRANCHES }, () => null), size: 0, digest: null };
  for (const leaf of leavesIn(bucket.leaves)) added(branch, leaf, depth);
  return branch;
}

/** All buckets' leaves below a node, ascending. */
function leavesOf(node: Node): Uint8Array[] {
  if (isBucket(node)) return [node.leaves];
  return node.children.flatMap((child) => (child === null ? [] : leavesOf(child)));
}

function leavesIn(leaves: Uint8Array): Uint8Array[] {
  return Array.from({ length: leaves.length / LEAF_BYTES }, (_none, index) =>
    leaves.slice(index * LEAF_BYTES, (index + 1) * LEAF_BYTES),
  );
}

/** Index of the first leaf that is not below this one. */
function placeIn(leaves: Uint8Array, leaf: Uint8Array): number {
  let place = 0;
  while (place * LEAF_BYTES < leaves.length && isBelow(leaves, place * LEAF_BYTES, leaf)) place += 1;
  return place;
}

function isBelow(leaves: Uint8Array, at: number, leaf: Uint8Array): boolean {
  for (let i = 0; i < LEAF_BYTES; i++) {
    if (leaves[at + i]! !== leaf[i]!) return leaves[at + i]! < leaf[i]!;
  }
  return false;
}

function digestOf(node: Node): Uint8Array {
  node.digest ??= isBucket(node)
    ? sha256(concat(BUCKET_TAG, node.leaves))
    : sha256(concat(BRANCH_TAG, ...node.children.map((child) => (child === null ? NONE : digestOf(child)))));
  return node.digest;
}
