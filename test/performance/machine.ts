import { cpus, loadavg, release, totalmem, type } from 'node:os';

/** The machine in a few lines: figures mean nothing without it. */
export function describeMachine(chromium: string | null): string[] {
  const all = cpus();
  return [
    `${all.length} cores, ${all[0]?.model.trim() ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GB of memory, ${type()} ${release()}`,
    `Node ${process.versions.node}${chromium === null ? '' : `, Chromium ${chromium}`}`,
    `load before: ${loadavg()[0]!.toFixed(1)} runnable processes (over ${all.length}: others use the machine, trust the ratios only)`,
  ];
}
