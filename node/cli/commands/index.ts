import type { Command } from '../command';
import { agreement } from './agreement';
import { backup, restoreBackup } from './backup';
import { exportBundle, importBundle } from './bundle';
import { connect } from './connect';
import { act, proposals, propose, vote } from './decide';
import { addDevice } from './devices';
import { documents } from './documents';
import { dues } from './dues';
import { evidence } from './evidence';
import { attach, fetch, files } from './files';
import { invite, join } from './join';
import { keep } from './keep';
import { keeper } from './keeper';
import { found, networks } from './networks';
import { exportPages, importPages } from './pages';
import { post } from './post';
import { exportPublic, publicList, publish, takeBack } from './publication';
import { restore } from './restore';
import { search } from './search';
import { events, ledger, members, seals, status } from './status';
import { seal, sync } from './sync';
import { book, bookings, cancelBooking } from './use';
import { verify } from './verify';

export const COMMANDS: readonly Command[] = [
  networks,
  found,
  invite,
  join,
  status,
  members,
  agreement,
  proposals,
  propose,
  vote,
  ledger,
  dues,
  post,
  bookings,
  book,
  cancelBooking,
  search,
  events,
  act,
  seals,
  verify,
  evidence,
  documents,
  sync,
  connect,
  seal,
  files,
  attach,
  fetch,
  keep,
  exportBundle,
  importBundle,
  backup,
  restoreBackup,
  exportPages,
  importPages,
  publish,
  takeBack,
  publicList,
  exportPublic,
  addDevice,
  restore,
  keeper,
];
