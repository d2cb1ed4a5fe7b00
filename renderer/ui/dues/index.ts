export { DuesOfMember } from './dues-of-member';
export { payingIn } from './paying';
export { usePayDues } from './use-pay-dues';
