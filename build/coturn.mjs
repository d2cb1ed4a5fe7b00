// A relay (TURN) by which a test connects two apps that nothing else connects; without it that test is skipped by name.
import { spawnSync } from 'node:child_process';
import { installFromSystem } from './setup.mjs';

export function ensureCoturn() {
  if (process.platform !== 'linux') return;
  if (spawnSync('turnserver', ['--version']).error !== undefined) installFromSystem('coturn');
}
