export { DecisionsRoutes } from './decisions-routes';
