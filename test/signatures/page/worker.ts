import { verdicts } from '../verdicts';

void verdicts().then((said) => postMessage(said));
