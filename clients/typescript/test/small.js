// A program that takes little.
import { articles, Connection } from "onrecord";

console.log(await articles(new Connection({ url: "https://api.news.example" })).get("western-route"));
