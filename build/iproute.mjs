// Network namespaces, of which a test makes two machines on one LAN, come with `ip`; without it that test is skipped by name.
import { spawnSync } from 'node:child_process';
import { installFromSystem } from './setup.mjs';

export function ensureIproute() {
  // Only root may make them.
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return;
  if (spawnSync('ip', ['-V']).error !== undefined) installFromSystem('iproute2');
}
