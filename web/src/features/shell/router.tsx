/** The addresses of the desk. Search parameters are plain text, so that an address can be read, edited and shared. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, Navigate } from "@tanstack/react-router";
import { FirstPassword } from "./Account";
import { SignIn } from "../session/SignIn";
import { SessionProvider, useSession, useSessionQuery } from "../session/session";
import { places } from "./navigation";
import { Empty, Failure, Loading } from "./Page";
import { Shell } from "./Shell";

type Search = Record<string, string>;
const text = (search: Record<string, unknown>): Search =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== null && value !== "").map(([key, value]) => [key, String(value)]));

function Root() {
  const session = useSessionQuery();
  if (session.isPending) return <Loading />;
  if (session.error) return <div className="page"><Failure error={session.error} retry={() => void session.refetch()} /></div>;
  if (!session.data) return <SignIn />;
  return <SessionProvider session={session.data}>{session.data.must_change_password ? <FirstPassword /> : <Outlet />}</SessionProvider>;
}

function Home() {
  const session = useSession();
  return <Navigate to={places.find((it) => it.allowed(session))?.to ?? "/todo"} replace />;
}

const Missing = () => <div className="page"><Empty title="没有这个页面"><a href="/desk/">回到首页</a></Empty></div>;

const root = createRootRoute({ component: Root, notFoundComponent: Missing, errorComponent: ({ error }) => <div className="page"><Failure error={error} retry={() => location.reload()} /></div> });
const framed = createRoute({ getParentRoute: () => root, id: "framed", component: Shell });
const page = (path: string, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => framed, path, validateSearch: text, component });

const tree = root.addChildren([
  framed.addChildren([
    createRoute({ getParentRoute: () => framed, path: "/", component: Home }),
    page("/triage", lazyRouteComponent(() => import("../triage/TriagePage"), "TriagePage")),
    page("/leads/$id", lazyRouteComponent(() => import("../lead/LeadPage"), "LeadPage")),
    page("/new", lazyRouteComponent(() => import("../lead/NewLeadPage"), "NewLeadPage")),
    page("/search", lazyRouteComponent(() => import("../search/SearchPage"), "SearchPage")),
    page("/answers", lazyRouteComponent(() => import("../answers/AnswersPage"), "AnswersPage")),
    page("/indicators", lazyRouteComponent(() => import("../indicators/IndicatorsPage"), "IndicatorsPage")),
    page("/indicators/$code", lazyRouteComponent(() => import("../indicators/BehindPage"), "BehindPage")),
    page("/charges", lazyRouteComponent(() => import("../charges/ChargesPage"), "ChargesPage")),
    page("/notices", lazyRouteComponent(() => import("../notices/NoticesPage"), "NoticesPage")),
    page("/notices/$id", lazyRouteComponent(() => import("../notices/NoticePage"), "NoticePage")),
    page("/cases", lazyRouteComponent(() => import("../cases/CasesPage"), "CasesPage")),
    page("/cases/new", lazyRouteComponent(() => import("../cases/NewCasePage"), "NewCasePage")),
    page("/cases/inbox", lazyRouteComponent(() => import("../cases/ApprovalsPage"), "ApprovalsPage")),
    page("/cases/hearings", lazyRouteComponent(() => import("../cases/HearingsPage"), "HearingsPage")),
    page("/cases/together", lazyRouteComponent(() => import("../together/TogetherPage"), "TogetherPage")),
    page("/cases/$id", lazyRouteComponent(() => import("../cases/CasePage"), "CasePage")),
    page("/referrals", lazyRouteComponent(() => import("../referrals/ReferralsPage"), "ReferralsPage")),
    page("/referrals/new", lazyRouteComponent(() => import("../referrals/NewReferralPage"), "NewReferralPage")),
    page("/referrals/$id", lazyRouteComponent(() => import("../referrals/ReferralPage"), "ReferralPage")),
    page("/property", lazyRouteComponent(() => import("../property/PropertyPage"), "PropertyPage")),
    page("/property/$id", lazyRouteComponent(() => import("../property/ItemPage"), "ItemPage")),
    page("/property/stocktakes/$id", lazyRouteComponent(() => import("../property/StocktakePage"), "StocktakePage")),
    page("/centre", lazyRouteComponent(() => import("../centre/CentrePage"), "CentrePage")),
    page("/centre/sessions/$id", lazyRouteComponent(() => import("../centre/SessionPage"), "SessionPage")),
    page("/centre/stocktakes/$id", lazyRouteComponent(() => import("../centre/TakePage"), "TakePage")),
    page("/waste", lazyRouteComponent(() => import("../waste/WastePage"), "WastePage")),
    page("/waste/apply", lazyRouteComponent(() => import("../waste/ApplyPage"), "ApplyPage")),
    page("/waste/permits/$id", lazyRouteComponent(() => import("../waste/PermitPage"), "PermitPage")),
    page("/waste/places/$id", lazyRouteComponent(() => import("../waste/PlacePage"), "PlacePage")),
    page("/waste/carriers/$id", lazyRouteComponent(() => import("../waste/CarrierPage"), "CarrierPage")),
    page("/waste/vehicles/$id", lazyRouteComponent(() => import("../waste/VehiclePage"), "VehiclePage")),
    page("/payments", lazyRouteComponent(() => import("../payments/PaymentsPage"), "PaymentsPage")),
    page("/publications", lazyRouteComponent(() => import("../publications/PublicationsPage"), "PublicationsPage")),
    page("/quality", lazyRouteComponent(() => import("../quality/QualityPage"), "QualityPage")),
    page("/quality/rounds/$id", lazyRouteComponent(() => import("../quality/RoundPage"), "RoundPage")),
    page("/quality/rounds/$id/officers/$person", lazyRouteComponent(() => import("../quality/FeedbackPage"), "FeedbackPage")),
    page("/quality/files/$id", lazyRouteComponent(() => import("../quality/FilePage"), "FilePage")),
    page("/analysis", lazyRouteComponent(() => import("../quality/AnalysisPage"), "AnalysisPage")),
    page("/power-use", lazyRouteComponent(() => import("../quality/PowersPage"), "PowersPage")),
    page("/suspicions", lazyRouteComponent(() => import("../scrutiny/SuspicionsPage"), "SuspicionsPage")),
    page("/reverifications", lazyRouteComponent(() => import("../scrutiny/ReverificationsPage"), "ReverificationsPage")),
    page("/pairings", lazyRouteComponent(() => import("../scrutiny/PairingsPage"), "PairingsPage")),
    page("/rewards", lazyRouteComponent(() => import("../rewards/RewardsPage"), "RewardsPage")),
    page("/campaigns", lazyRouteComponent(() => import("../campaigns/CampaignsPage"), "CampaignsPage")),
    page("/campaigns/$id", lazyRouteComponent(() => import("../campaigns/CampaignPage"), "CampaignPage")),
    page("/privacy", lazyRouteComponent(() => import("../privacy/PrivacyPage"), "PrivacyPage")),
    page("/coverage", lazyRouteComponent(() => import("../machines/CoveragePage"), "CoveragePage")),
    page("/sightings", lazyRouteComponent(() => import("../machines/SightingsPage"), "SightingsPage")),
    page("/findings", lazyRouteComponent(() => import("../findings/FindingsPage"), "FindingsPage")),
    page("/findings/$id", lazyRouteComponent(() => import("../findings/FindingPage"), "FindingPage")),
    page("/todo", lazyRouteComponent(() => import("../todo/TodoPage"), "TodoPage")),
    page("/hotspots", lazyRouteComponent(() => import("../hotspots/HotspotsPage"), "HotspotsPage")),
    page("/vehicles", lazyRouteComponent(() => import("../vehicles/VehiclesPage"), "VehiclesPage")),
    page("/organisation", lazyRouteComponent(() => import("../organisation/OrganisationPage"), "OrganisationPage")),
    page("/catalogue", lazyRouteComponent(() => import("../catalogue/CataloguePage"), "CataloguePage")),
    page("/law", lazyRouteComponent(() => import("../matters/LawPage"), "LawPage")),
    page("/law/matters/$code", lazyRouteComponent(() => import("../matters/MatterPage"), "MatterPage")),
    page("/discretion", lazyRouteComponent(() => import("../discretion/WatchPage"), "WatchPage")),
    page("/law/benchmarks/$id", lazyRouteComponent(() => import("../discretion/BenchmarkPage"), "BenchmarkPage")),
    page("/law/statutes/$id", lazyRouteComponent(() => import("../matters/StatutePage"), "StatutePage")),
    page("/imports", lazyRouteComponent(() => import("../imports/ImportsPage"), "ImportsPage")),
    page("/imports/$id", lazyRouteComponent(() => import("../imports/ImportPage"), "ImportPage")),
    page("/help", lazyRouteComponent(() => import("../help/HelpPage"), "HelpPage")),
    page("/settings", lazyRouteComponent(() => import("../settings/SettingsPage"), "SettingsPage")),
  ]),
  createRoute({ getParentRoute: () => root, path: "/wall", component: lazyRouteComponent(() => import("../wall/WallPage"), "WallPage") }),
]);

export const router = createRouter({
  routeTree: tree,
  basepath: "/desk",
  defaultPendingComponent: Loading,
  defaultPendingMs: 200,
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: (search) => {
    const tail = new URLSearchParams(text(search)).toString();
    return tail ? `?${tail}` : "";
  },
});
