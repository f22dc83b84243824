import { createKonvertApp } from '#lib/konvert-app';

createKonvertApp();
