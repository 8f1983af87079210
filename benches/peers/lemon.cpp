// LEMON's NetworkSimplex and CostScaling on a bare instance: lemon simplex|scaling [LIMIT] FILE
// LIMIT: the largest weight, 1 for every level by itself; what fits 64 bits if not given.
//
// Region by region (connected components). Only the calls of `run` are timed (CPU seconds). The network and the
// weights are those of network.py: levels that do not fit one number are solved in turn, each on the optimal face
// of the one before, which the potentials give.

#include <lemon/cost_scaling.h>
#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

using std::vector;
using i64 = std::int64_t;
using u32 = std::uint32_t;
using u64 = std::uint64_t;

constexpr u32 NONE = 0xFFFFFFFF;

struct Group {
    vector<u32> openings;
    u32 kind, reserve, left_free, cap;
};

struct Instance {
    u64 people = 0, openings = 0, household_cap = 0, tiers = 0;
    vector<std::uint8_t> tier;
    vector<u32> household, seats;
    vector<u64> first;
    vector<u32> opening, score;
    vector<vector<u32>> kinds;
    vector<Group> groups;
};

class Reader {
    std::ifstream file;

  public:
    explicit Reader(const char* path) : file(path, std::ios::binary) {}

    template <typename T>
    vector<T> take(u64 count) {
        vector<T> values(count);
        file.read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(count * sizeof(T)));
        file.ignore(static_cast<std::streamsize>((8 - count * sizeof(T) % 8) % 8));
        if (!file) throw std::runtime_error("the file ends too early");
        return values;
    }
    u64 number() { return take<u64>(1)[0]; }
};

static Instance read(const char* path) {
    Reader in(path);
    const auto magic = in.take<char>(8);
    if (std::memcmp(magic.data(), "ANZHIBI1", 8) != 0) throw std::runtime_error("no bare instance");
    const auto header = in.take<u64>(8);
    Instance it;
    it.people = header[0], it.openings = header[1], it.household_cap = header[4], it.tiers = header[7];
    it.tier = in.take<std::uint8_t>(header[0]);
    it.household = in.take<u32>(header[0]);
    it.seats = in.take<u32>(header[1]);
    it.first = in.take<u64>(header[0] + 1);
    it.opening = in.take<u32>(header[2]);
    it.score = in.take<u32>(header[2]);
    for (u64 kind = 0; kind < header[5]; ++kind) it.kinds.push_back(in.take<u32>(in.number()));
    for (u64 group = 0; group < header[6]; ++group) {
        auto openings = in.take<u32>(in.number());
        const auto rest = in.take<u32>(4);
        it.groups.push_back({std::move(openings), rest[0], rest[1], rest[2], rest[3]});
    }
    return it;
}

struct Arc {
    int tail, head, capacity;
    std::int8_t tier;  // the tier whose count it raises, or -1
    std::int8_t reserve;
    u32 score;
    i64 pair;  // the row of the pair, or -1
};

struct Network {
    int nodes = 0;
    vector<Arc> arcs;
    vector<i64> supply;
    u64 stops = 0;  // nodes that pairs lead to

    int node() {
        supply.push_back(0);
        return nodes++;
    }
    void arc(int tail, int head, i64 capacity, int reserve = 0) {
        if (capacity > 0) arcs.push_back({tail, head, static_cast<int>(capacity), -1, static_cast<std::int8_t>(reserve), 0, -1});
    }
    void shared(int tail, int head, i64 capacity, i64 reserve) {
        reserve = std::min(reserve, capacity);
        arc(tail, head, reserve, 1);
        arc(tail, head, capacity - reserve);
    }
};

// Groups of one opening and kind: from (opening, kind) to the group.
using Kinds = std::map<std::pair<u32, u32>, const Group*>;

static Kinds kind_groups(const Instance& it) {
    Kinds found;
    for (const auto& group : it.groups) {
        if (group.kind == NONE) continue;
        if (group.openings.size() != 1) throw std::runtime_error("a share of several openings for a kind of person");
        if (!found.emplace(std::make_pair(group.openings[0], group.kind), &group).second)
            throw std::runtime_error("two groups of one opening and kind");
    }
    return found;
}

static i64 most(const Group& group, i64 seats) {
    return group.cap == NONE ? seats : std::min<i64>(group.cap, seats);
}

static void everybody_groups(const Instance& it, Network& net, vector<int> at, int sink) {
    vector<const Group*> groups;
    for (const auto& group : it.groups)
        if (group.kind == NONE) groups.push_back(&group);
    std::stable_sort(groups.begin(), groups.end(), [](auto a, auto b) { return a->openings.size() < b->openings.size(); });
    struct Above {
        i64 seats;
        const Group* group;
        u64 members;
    };
    std::map<int, Above> tops;
    for (u64 o = 0; o < it.openings; ++o) tops[at[o]] = {it.seats[o], nullptr, 1};
    auto connect = [&](int child, int parent) {
        const auto& above = tops.at(child);
        if (above.group) net.shared(child, parent, most(*above.group, above.seats), above.group->reserve);
        else net.arc(child, parent, above.seats);
    };
    for (const auto* group : groups) {
        std::map<int, u64> below;
        i64 seats = 0;
        for (u32 o : group->openings) ++below[at[o]], seats += it.seats[o];
        const int node = net.node();
        for (const auto& [child, count] : below) {
            if (tops.at(child).members != count) throw std::runtime_error("groups that cross");
            connect(child, node);
            tops.erase(child);
        }
        for (u32 o : group->openings) at[o] = node;
        tops[node] = {seats, group, group->openings.size()};
    }
    for (const auto& top : tops) connect(top.first, sink);
}

static Network build(const Instance& it) {
    Network net;
    for (u64 row = 0; row < it.people + it.openings; ++row) net.node();
    auto post = [&](u32 o) { return static_cast<int>(it.people + o); };
    const Kinds named = kind_groups(it);
    std::map<std::pair<u32, u32>, int> nodes;
    vector<vector<u32>> kinds_at(it.openings);
    vector<i64> kept(it.openings, 0);
    for (const auto& [key, group] : named) {
        nodes[key] = net.node();
        kinds_at[key.first].push_back(key.second);
        if (group->left_free) kept[key.first] += group->reserve;
    }
    vector<int> tops(it.openings);
    for (u32 o = 0; o < it.openings; ++o) {
        tops[o] = post(o);
        bool left_free = false;
        for (u32 kind : kinds_at[o]) left_free |= named.at({o, kind})->left_free != 0;
        if (!left_free) continue;
        tops[o] = net.node();
        net.arc(post(o), tops[o], std::max<i64>(it.seats[o] - kept[o], 0));
    }
    for (const auto& [key, group] : named) {
        const i64 top = most(*group, it.seats[key.first]);
        if (!group->left_free) {
            net.shared(nodes[key], post(key.first), top, group->reserve);
            continue;
        }
        const i64 own = std::min<i64>(group->reserve, top);
        net.arc(nodes[key], tops[key.first], own, 1);
        net.arc(nodes[key], post(key.first), top - own);
    }
    vector<vector<bool>> of(it.kinds.size(), vector<bool>(it.people));
    for (u64 kind = 0; kind < it.kinds.size(); ++kind)
        for (u32 person : it.kinds[kind]) of[kind][person] = true;
    net.arcs.reserve(it.opening.size() + it.people + it.openings + 3 * named.size());
    std::set<int> stops;
    vector<bool> stop(it.openings);
    for (u32 person = 0; person < it.people; ++person) {
        for (u64 pair = it.first[person]; pair < it.first[person + 1]; ++pair) {
            const u32 o = it.opening[pair];
            int head = -1;
            for (u32 kind : kinds_at[o]) {
                if (!of[kind][person]) continue;
                if (head != -1) throw std::runtime_error("a person of two kinds with groups of one opening");
                head = nodes[{o, kind}];
                stops.insert(head);
            }
            if (head == -1) head = post(o), stop[o] = true;
            net.arcs.push_back({static_cast<int>(person), head, 1, static_cast<std::int8_t>(it.tier[person]), 0, it.score[pair], static_cast<i64>(pair)});
        }
    }
    net.stops = stops.size() + static_cast<u64>(std::count(stop.begin(), stop.end(), true));
    const int sink = net.node();
    everybody_groups(it, net, tops, sink);
    std::map<u32, int> homes;
    std::map<u32, i64> sizes;
    for (u32 person = 0; person < it.people; ++person) {
        const u32 home = it.household_cap ? it.household[person] : NONE;
        if (home == NONE) {
            net.supply[person] = 1;
            net.arc(static_cast<int>(person), sink, 1);
            continue;
        }
        if (!homes.count(home)) homes[home] = net.node();
        net.arc(homes[home], static_cast<int>(person), 1);
        ++sizes[home];
    }
    for (const auto& [home, node] : homes) {
        const i64 units = std::min<i64>(sizes[home], static_cast<i64>(it.household_cap));
        net.supply[node] = units;
        net.arc(node, sink, units);
    }
    for (int node = 0; node < net.nodes; ++node)
        if (node != sink) net.supply[sink] -= net.supply[node];
    return net;
}

// Weights of the levels (reserve, tiers, score), in runs that stay below the limit; see network.py.
static vector<vector<i64>> runs(const Instance& it, const Network& net, i64 limit) {
    const u64 stops = std::max<u64>(std::min<u64>(it.people, net.stops), 1);
    u32 top = 0;
    for (const auto& arc : net.arcs) top = std::max(top, arc.score);
    const i64 score = static_cast<i64>(top) * static_cast<i64>(stops);
    std::map<u32, std::set<int>> homes;
    if (it.household_cap)
        for (u32 person = 0; person < it.people; ++person)
            if (it.household[person] != NONE) homes[it.household[person]].insert(it.tier[person]);
    vector<i64> mixed(it.tiers, 0);
    bool matroid = true;
    for (const auto& [home, tiers] : homes)
        if (tiers.size() > 1)
            for (int tier : tiers) ++mixed[tier], matroid = false;
    const auto count = static_cast<i64>(it.tiers);
    vector<i64> bounds{static_cast<i64>(stops)};
    for (i64 tier : mixed) bounds.push_back(1 + std::min<i64>(tier, static_cast<i64>(stops)));
    bounds.push_back(score);
    const u64 levels = bounds.size();
    if (matroid && (count + 1) * (score + 1) <= limit) {
        vector<i64> run(levels, 1);
        for (u64 level = 0; level + 1 < levels; ++level) run[level] = (count + 1 - static_cast<i64>(level)) * (score + 1);
        return {run};
    }
    vector<vector<i64>> found;
    vector<i64> run(levels, 0);
    i64 above = 0;
    for (u64 level = levels; level-- > 0;) {
        i64 weight = level + 1 == levels ? 1 : above + 1;
        if (weight > limit) {
            found.push_back(run);
            run.assign(levels, 0);
            above = 0, weight = 1;
        }
        run[level] = weight;
        above += bounds[level] * weight;
    }
    found.push_back(run);
    std::reverse(found.begin(), found.end());
    return found;
}

static double cpu() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

using Graph = lemon::StaticDigraph;

struct Answer {
    vector<i64> flow, price;
    double seconds;
};

template <typename Solver>
static Answer call(const Network& net, const vector<Arc>& arcs, const vector<i64>& supply, const vector<i64>& run) {
    // StaticDigraph wants arcs by tail; `order` says which arc stands where.
    vector<u32> order(arcs.size());
    for (u32 row = 0; row < order.size(); ++row) order[row] = row;
    std::stable_sort(order.begin(), order.end(), [&](u32 a, u32 b) { return arcs[a].tail < arcs[b].tail; });
    vector<std::pair<int, int>> ends(arcs.size());
    for (u64 row = 0; row < order.size(); ++row) ends[row] = {arcs[order[row]].tail, arcs[order[row]].head};
    Graph graph;
    graph.build(net.nodes, ends.begin(), ends.end());
    vector<std::pair<int, int>>().swap(ends);
    Answer answer{vector<i64>(arcs.size()), vector<i64>(net.nodes), 0.0};
    Solver solver(graph);
    {
        Graph::ArcMap<i64> capacity(graph), cost(graph);
        Graph::NodeMap<i64> supplies(graph);
        for (u64 row = 0; row < order.size(); ++row) {
            const Arc& arc = arcs[order[row]];
            const auto place = graph.arc(static_cast<int>(row));
            capacity[place] = arc.capacity;
            cost[place] = -((arc.tier < 0 ? 0 : run[1 + arc.tier]) + arc.reserve * run.front() + static_cast<i64>(arc.score) * run.back());
        }
        for (int node = 0; node < net.nodes; ++node) supplies[graph.node(node)] = supply[node];
        solver.upperMap(capacity).costMap(cost).supplyMap(supplies);
    }
    const double start = cpu();
    const auto status = solver.run();
    answer.seconds = cpu() - start;
    if (status != Solver::OPTIMAL) throw std::runtime_error("no optimum");
    for (u64 row = 0; row < order.size(); ++row) answer.flow[order[row]] = solver.flow(graph.arc(static_cast<int>(row)));
    for (int node = 0; node < net.nodes; ++node) answer.price[node] = solver.potential(graph.node(node));
    return answer;
}

// Adds the chosen pairs (rows of `it`); returns CPU seconds.
template <typename Solver>
static double solve(const Instance& it, i64 factor, i64 wanted, vector<u64>& chosen) {
    if (it.opening.empty()) return 0.0;
    Network net = build(it);
    const i64 limit = wanted ? wanted : (i64{1} << 61) / (net.nodes + 1) / factor;
    const auto levels = runs(it, net, limit);
    auto arcs = std::move(net.arcs);
    auto supply = net.supply;
    double seconds = 0.0;
    for (const auto& run : levels) {
        const bool last = run.back() != 0;
        const auto answer = call<Solver>(net, arcs, supply, run);
        seconds += answer.seconds;
        u64 left = 0;
        for (u64 row = 0; row < arcs.size(); ++row) {
            const Arc arc = arcs[row];
            const i64 cost = -((arc.tier < 0 ? 0 : run[1 + arc.tier]) + arc.reserve * run.front() + static_cast<i64>(arc.score) * run.back());
            const i64 reduced = cost + answer.price[arc.tail] - answer.price[arc.head];
            if (reduced == 0 && !last) {
                arcs[left++] = arc;
                continue;
            }
            if (arc.pair >= 0 && answer.flow[row]) chosen.push_back(static_cast<u64>(arc.pair));
            supply[arc.tail] -= answer.flow[row];
            supply[arc.head] += answer.flow[row];
        }
        arcs.resize(left);
    }
    return seconds;
}

static int root(vector<int>& up, int row) {
    while (up[row] != row) row = up[row] = up[up[row]];
    return row;
}

// The parts of an instance that share no opening, no household and no group, with the rows of their pairs; none if
// there is one part only.
struct Part {
    Instance instance;
    vector<u64> pairs;
};

static vector<Part> regions(const Instance& it) {
    vector<int> up(it.people + it.openings);
    for (u64 row = 0; row < up.size(); ++row) up[row] = static_cast<int>(row);
    auto join = [&](u64 a, u64 b) { up[root(up, static_cast<int>(a))] = root(up, static_cast<int>(b)); };
    std::map<u32, u32> homes;
    for (u32 person = 0; person < it.people; ++person) {
        for (u64 pair = it.first[person]; pair < it.first[person + 1]; ++pair) join(person, it.people + it.opening[pair]);
        if (it.household_cap && it.household[person] != NONE) join(person, homes.emplace(it.household[person], person).first->second);
    }
    for (const auto& group : it.groups)
        for (u32 o : group.openings) join(it.people + o, it.people + group.openings[0]);
    std::map<int, u64> numbers;
    vector<Part> parts;
    std::set<int> roots;
    for (u64 row = 0; row < up.size(); ++row) roots.insert(root(up, static_cast<int>(row)));
    if (roots.size() == 1) return parts;
    vector<u32> row_of(it.openings);
    auto part_of = [&](u64 row) -> Part& {
        const auto found = numbers.emplace(root(up, static_cast<int>(row)), parts.size());
        if (found.second) {
            parts.emplace_back();
            auto& own = parts.back().instance;
            own.household_cap = it.household_cap, own.tiers = it.tiers, own.first = {0};
            own.kinds.resize(it.kinds.size());
        }
        return parts[found.first->second];
    };
    for (u32 o = 0; o < it.openings; ++o) {
        auto& own = part_of(it.people + o).instance;
        row_of[o] = static_cast<u32>(own.openings++);
        own.seats.push_back(it.seats[o]);
    }
    vector<u64> next(it.kinds.size(), 0);
    for (u32 person = 0; person < it.people; ++person) {
        auto& part = part_of(person);
        auto& own = part.instance;
        for (u64 kind = 0; kind < it.kinds.size(); ++kind)
            if (next[kind] < it.kinds[kind].size() && it.kinds[kind][next[kind]] == person) {
                own.kinds[kind].push_back(static_cast<u32>(own.people));
                ++next[kind];
            }
        ++own.people;
        own.tier.push_back(it.tier[person]);
        own.household.push_back(it.household[person]);
        for (u64 pair = it.first[person]; pair < it.first[person + 1]; ++pair) {
            own.opening.push_back(row_of[it.opening[pair]]);
            own.score.push_back(it.score[pair]);
            part.pairs.push_back(pair);
        }
        own.first.push_back(own.opening.size());
    }
    for (auto group : it.groups) {
        if (group.openings.empty()) continue;
        auto& own = part_of(it.people + group.openings[0]).instance;
        for (u32& o : group.openings) o = row_of[o];
        own.groups.push_back(std::move(group));
    }
    return parts;
}

static void report(const char* peer, const char* path, const Instance& it, const vector<u64>& chosen, double seconds, double peak) {
    vector<u32> person_of(it.opening.size());
    for (u32 person = 0; person < it.people; ++person)
        for (u64 pair = it.first[person]; pair < it.first[person + 1]; ++pair) person_of[pair] = person;
    vector<u64> placed(it.tiers, 0);
    u64 score = 0, filled = 0;
    vector<u32> where(it.people, NONE), taken(it.openings, 0);
    for (u64 pair : chosen) {
        const u32 person = person_of[pair];
        if (where[person] != NONE) throw std::runtime_error("somebody is placed twice");
        where[person] = it.opening[pair];
        if (++taken[it.opening[pair]] > it.seats[it.opening[pair]]) throw std::runtime_error("an opening has too many people");
        ++placed[it.tier[person]];
        score += it.score[pair];
    }
    vector<vector<u32>> of_kind(it.kinds.size(), vector<u32>(it.openings, 0));
    for (u64 kind = 0; kind < it.kinds.size(); ++kind)
        for (u32 person : it.kinds[kind])
            if (where[person] != NONE) ++of_kind[kind][where[person]];
    for (const auto& group : it.groups) {
        u64 count = 0;
        for (u32 o : group.openings) count += group.kind == NONE ? taken[o] : of_kind[group.kind][o];
        if (count > group.cap) throw std::runtime_error("a cap is broken");
        filled += std::min<u64>(count, group.reserve);
    }
    std::string name(path);
    name = name.substr(name.find_last_of('/') + 1);
    name = name.substr(0, name.find_last_of('.'));
    std::printf("{\"peer\": \"%s\", \"instance\": \"%s\", \"placed_per_tier\": [", peer, name.c_str());
    for (u64 tier = 0; tier < it.tiers; ++tier) std::printf("%s%llu", tier ? ", " : "", static_cast<unsigned long long>(placed[tier]));
    std::printf("], \"reserved_filled\": %llu, \"score\": %llu, \"solve_seconds\": %.6f, \"peak_mb\": %.1f}\n",
                static_cast<unsigned long long>(filled), static_cast<unsigned long long>(score), seconds, peak);
}

int main(int count, char** words) try {
    const bool simplex = count >= 3 && !std::strcmp(words[1], "simplex");
    if (count < 3 || count > 4 || (!simplex && std::strcmp(words[1], "scaling") != 0)) {
        std::fprintf(stderr, "usage: lemon simplex|scaling [LIMIT] FILE\n");
        return 2;
    }
    const i64 limit = count == 4 ? std::atoll(words[2]) : 0;
    const char* path = words[count - 1];
    using Simplex = lemon::NetworkSimplex<Graph, i64, i64>;
    using Scaling = lemon::CostScaling<Graph, i64, i64>;
    const Instance it = read(path);
    vector<u64> chosen;
    double seconds = 0.0;
    auto one = [&](const Instance& part) {
        // both keep sums of costs times nodes; CostScaling scales them by another 16 first
        seconds += simplex ? solve<Simplex>(part, 4, limit, chosen) : solve<Scaling>(part, 64, limit, chosen);
    };
    const auto parts = regions(it);
    if (parts.empty()) one(it);
    for (const auto& part : parts) {
        const u64 start = chosen.size();
        one(part.instance);
        for (u64 row = start; row < chosen.size(); ++row) chosen[row] = part.pairs[chosen[row]];
    }
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    report(simplex ? "lemon-simplex" : "lemon-scaling", path, it, chosen, seconds, static_cast<double>(usage.ru_maxrss) / 1024);
    return 0;
} catch (const std::exception& fault) {
    std::fprintf(stderr, "lemon: %s\n", fault.what());
    return 1;
}
