package main

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"runtime/pprof"
	"strconv"
	"strings"
	"time"

	"parvis/internal/app"
)

const (
	serveDir     = "PARVIS_BENCH_SERVE"   // this process serves the city of that folder
	serveProfile = "PARVIS_BENCH_PROFILE" // and writes its CPU profile here
)

// serve is the program as `parvis serve` runs it, on an address of the loopback that it prints.
func serve(dir string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	c, err := app.ReadConfig(dir)
	if err != nil {
		return err
	}
	a, err := app.Open(ctx, c, slog.New(slog.NewJSONHandler(os.Stderr, nil)))
	if err != nil {
		return err
	}
	defer a.Close()
	l, err := a.Listen()
	if err != nil {
		return err
	}
	if path := os.Getenv(serveProfile); path != "" {
		f, err := os.Create(path)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	fmt.Println("http://" + l.Addr().String())
	return a.Run(ctx, l)
}

// server is a serving process seen from outside.
type server struct {
	cmd *exec.Cmd
	url string
}

func startServer(p plan) (*server, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	records, err := os.Create(p.city + ".log")
	if err != nil {
		return nil, err
	}
	defer records.Close()
	s := &server{cmd: exec.Command(self)}
	s.cmd.Env = append(os.Environ(), serveDir+"="+p.city, serveProfile+"="+p.profile)
	s.cmd.Stderr = records // one record per request, as in production
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	s.url = strings.TrimSpace(line)
	return s, err
}

func (s *server) stop() error {
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	return s.cmd.Wait()
}

// peak is the largest resident memory so far, in MiB (VmHWM of proc_pid_status(5)).
func (s *server) peak() float64 { return peakOf(strconv.Itoa(s.cmd.Process.Pid)) }

// spent is the processor time of the process so far (fields 14 and 15 of proc_pid_stat(5), in 1/100 s).
func (s *server) spent() time.Duration {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	_, rest, _ := strings.Cut(string(b), ") ")
	f := strings.Fields(rest)
	if len(f) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(f[11])
	system, _ := strconv.Atoi(f[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}
