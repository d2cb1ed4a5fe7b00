export { JoinRoute } from './join-route';
