import { chromium } from "playwright-core";
import { violations, sideways } from "./city.mjs";
const b = await chromium.launch({executablePath:"/usr/bin/chromium",args:["--no-sandbox","--disable-gpu"]});
const pub=["","/V-2017-1","/V-2017-1/lots/toute-la-ville","/V-2017-1/lots/beaulieu","/V-2017-1/lots/toute-la-ville/projets/07","/V-2016-1","/V-2016-1/lots/toute-la-ville/projets/08","/V-2016-1/lots/toute-la-ville/projets/01","/V-2017-1/qualite","/V-2017-1/regles","/V-2017-1/verifier","/V-2017-1/lots/toute-la-ville/comparer?rule=greedy_score"].map(p=>"/fr/participer"+p);
let bad=0;
for (const [width,colorScheme] of [[1280,"light"],[320,"dark"],[320,"light"]]) {
  const c=await b.newContext({baseURL:"http://localhost:8114",viewport:{width,height:900},colorScheme,locale:"fr-FR"}); const p=await c.newPage();
  const look=async u=>{ await p.goto(u); for(const d of await p.$$("details")) await d.evaluate(e=>e.open=true); const v=await violations(p), s=await sideways(p); if(v.length||s>1){bad++;console.log(width,colorScheme,u,s,v.join("\n"));} };
  for(const u of pub) await look(u);
  await p.goto("/fr/demonstration"); await p.getByRole("button",{name:/Sabine/}).click();
  for(const u of ["/fr/participer","/fr/depouiller","/fr/participer/V-2018-1/conduite","/fr/participer/V-2017-1/conduite","/fr/participer/V-2018-1"]) await look(u);
  await p.goto("/fr/depouiller"); await p.setInputFiles("input[type=file]","/tmp/w/bad.pb"); await p.getByRole("button",{name:/Lire le fichier/}).click(); await look2("refused");
  await p.setInputFiles("input[type=file]","/tmp/w/bad.pb"); await p.getByLabel("Tolérante").check(); await p.getByRole("button",{name:/Lire le fichier/}).click(); await look2("staged");
  await p.getByLabel("Origine des bulletins").fill("x"); await p.getByRole("button",{name:"Importer ce vote"}).click(); await look2("rules");
  async function look2(n){ for(const d of await p.$$("details")) await d.evaluate(e=>e.open=true); const v=await violations(p), s=await sideways(p); if(v.length||s>1){bad++;console.log(width,colorScheme,n,s,v.join("\n"));} if(width==320) await p.screenshot({path:`/tmp/w/part-shots/m-${n}.png`,fullPage:true}); }
  await c.close();
}
console.log("bad",bad); await b.close();
