import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toHex } from '../../../shared/record/bytes';
import { decodeEvent } from '../../../shared/record/event';
import type { History } from '../history-file';

/** Milliseconds: of time, and of the processor, which a busy machine alters less. */
export interface Spent {
  readonly time: number;
  readonly cpu: number;
}

/** Another library joining the same history. */
export class Rival {
  readonly name: string;
  readonly spent: Spent[] = [];
  /** Why there are no figures; empty where there are. */
  why: string;
  readonly #files: { readonly script: string; readonly history: string } | undefined;

  constructor(name: string, why: string, files?: { readonly script: string; readonly history: string }) {
    this.name = name;
    this.why = why;
    this.#files = files;
  }

  /** Once more, unless it failed before. */
  async join(): Promise<void> {
    const { why } = this;
    if (this.#files === undefined || why !== '') return;
    const child = spawn(process.execPath, [this.#files.script, this.#files.history], {
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: PATIENCE,
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    if (code === 0) this.spent.push(JSON.parse(output) as Spent);
    else this.why = code === null ? `stopped after ${PATIENCE / 60_000} minutes` : `ended with ${code}, see above`;
  }
}

interface Script {
  readonly file: string;
  readonly package: string;
  readonly name: (version: string) => string;
}

const SCRIPTS: readonly Script[] = [
  {
    file: 'orbitdb.mjs',
    package: '@orbitdb/core',
    name: (version) => `OrbitDB ${version}'s log, which checks signatures too`,
  },
  {
    file: 'automerge.mjs',
    package: '@automerge/automerge',
    name: (version) => `Automerge ${version}'s sync, which checks none`,
  },
];
/** Milliseconds for one of them to make the history its own and to join it: with 100,000 events they take many minutes. */
const PATIENCE = 2_700_000;

/**
 * Each rival, as something that joins the graph and the payloads of the history once, in a process of its own. `folder` is where
 * build/bench.mjs has put them: without their packages where those could not be installed.
 */
export function rivalsFor(folder: string, history: History): Rival[] {
  const size = history.events.length;
  const file = join(folder, `history-${size}.json`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, JSON.stringify(graphOf(history)));
  return SCRIPTS.map((script) => {
    const manifest = join(folder, 'node_modules', script.package, 'package.json');
    if (!existsSync(manifest)) return new Rival(script.name(''), 'its package could not be installed');
    const name = script.name((JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version);
    return new Rival(name, '', { script: join(folder, script.file), history: file });
  });
}

/** The history as JSON: who wrote each event, which earlier ones it cites, and what it says. */
function graphOf({ events }: History) {
  const places = new Map<string, number>();
  const authors = new Map<string, number>();
  const graph = events.map(({ bytes }, index) => {
    const { id, device, previous, parents, type, time, payload } = decodeEvent(bytes);
    places.set(id, index);
    if (!authors.has(device)) authors.set(device, authors.size);
    const cites = [...(previous === null ? [] : [previous]), ...parents].map((cited) => places.get(cited)!);
    return { author: authors.get(device)!, cites, value: { type, time, payload: plain(payload) } };
  });
  return { authors: authors.size, events: graph };
}

function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return toHex(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, plain(field)]));
}
