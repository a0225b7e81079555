import { beforeAll, expect, it } from "vitest";
import { templates } from "../../workflows/flow/templates/index.js";
import { playTemplates } from "./testing/template-play.js";
import { happyScenes } from "./testing/template-scenes/happy.js";
import { heardScenes } from "./testing/template-scenes/heard.js";
import { unhappyScenes } from "./testing/template-scenes/unhappy.js";
import { useProduct } from "./testing/use-product.js";

const { product, api } = useProduct({ demo: false });
const play = playTemplates(product, (...asked) => api(...asked));

beforeAll(() => play.prepare());

unhappyScenes(play);
happyScenes(play, product, api);
heardScenes(play, product);

it("every template was followed to its ends", () => {
  expect([...play.told].toSorted()).toEqual(templates.map(({ id }) => id).toSorted());
});
