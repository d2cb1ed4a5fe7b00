import { paysDues } from '../../../shared/network/dues/dues';
import { selection } from '../../app/mirror/per-block';

/** Of a long table of entries those that pay dues: after a change only what changed is looked at. */
export const payingIn = selection(paysDues);
