import { Center } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { InvitationPage } from '../pages/InvitationPage';
import { NotFoundPage } from '../pages/NotFoundPage';
import { Waiting } from '../ui/pieces';
import { useMe } from './identity';
import { SignedIn } from './SignedIn';

const AppointmentsPage = lazy(async () => ({ default: (await import('../appointments/AppointmentsPage')).AppointmentsPage }));
const ConflictsPage = lazy(async () => ({ default: (await import('../appointments/ConflictsPage')).ConflictsPage }));
const ProfilePage = lazy(async () => ({ default: (await import('../profile/ProfilePage')).ProfilePage }));
const StaffProfilePage = lazy(async () => ({ default: (await import('../profile/StaffProfilePage')).StaffProfilePage }));
const BookingPage = lazy(async () => ({ default: (await import('../booking/BookingPage')).BookingPage }));
const ManagePage = lazy(async () => ({ default: (await import('../booking/ManagePage')).ManagePage }));
const ClientsPage = lazy(async () => ({ default: (await import('../office/ClientsPage')).ClientsPage }));
const ServicesPage = lazy(async () => ({ default: (await import('../office/ServicesPage')).ServicesPage }));
const StaffPage = lazy(async () => ({ default: (await import('../office/StaffPage')).StaffPage }));
const PeoplePage = lazy(async () => ({ default: (await import('../office/PeoplePage')).PeoplePage }));
const OrganisationPage = lazy(async () => ({ default: (await import('../office/OrganisationPage')).OrganisationPage }));
const OrganisationsPage = lazy(async () => ({ default: (await import('../office/OrganisationsPage')).OrganisationsPage }));

export function App() {
  return (
    <Suspense fallback={<Center mih="50vh"><Waiting /></Center>}>
      <Routes>
        <Route path="/book/:slug" element={<BookingPage />} />
        <Route path="/book/:slug/manage/:token" element={<ManagePage />} />
        <Route path="/invitation/:token?" element={<InvitationPage />} />
        <Route element={<SignedIn />}>
          <Route index element={<Home />} />
          <Route path="/appointments" element={<AppointmentsPage />} />
          <Route path="/appointments/conflicts" element={<ConflictsPage />} />
          <Route path="/profile" element={<ProfilePage />} />
          <Route path="/profile/:tab" element={<ProfilePage />} />
          <Route path="/staff/:staffId" element={<StaffProfilePage />} />
          <Route path="/staff/:staffId/:tab" element={<StaffProfilePage />} />
          <Route path="/clients" element={<ClientsPage />} />
          <Route path="/services" element={<ServicesPage />} />
          <Route path="/staff" element={<StaffPage />} />
          <Route path="/people" element={<PeoplePage />} />
          <Route path="/organisation" element={<OrganisationPage />} />
          <Route path="/organisation/:tab" element={<OrganisationPage />} />
          <Route path="/organisations" element={<OrganisationsPage />} />
          <Route path="*" element={<NotFoundPage />} />
        </Route>
      </Routes>
    </Suspense>
  );
}

function Home() {
  return <Navigate replace to={useMe().organisation ? '/appointments' : '/organisations'} />;
}
